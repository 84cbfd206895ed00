// A shop's functions. Each side effect is one line in the ledger: the run, and what was done.
import { appendFileSync } from "node:fs";
import express from "express";
import { Inngest, NonRetriableError, RetryAfterError } from "inngest";
import { serve } from "inngest/express";

const [port] = process.argv.slice(2);
const inngest = new Inngest({ id: "shop", isDev: true, baseUrl: process.env.SERVER });
const note = (runId, what) => appendFileSync(process.env.LEDGER, `${runId} ${what}\n`);
const attempts = new Map();

const processOrder = inngest.createFunction(
  { id: "process-order", retries: 3, triggers: [{ event: "order/placed" }] },
  async ({ event, step, runId }) => {
    const price = await step.run("price", () => {
      note(runId, "price");
      return { cents: event.data.items * 1250 };
    });
    const charge = await step.run("charge", () => {
      note(runId, "charge");
      const attempt = (attempts.get(runId) ?? 0) + 1;
      attempts.set(runId, attempt);
      if (event.data.declinedFirst && attempt === 1) {
        throw new RetryAfterError("the bank is busy", "1s");
      }
      return `charged ${price.cents}`;
    });
    await step.sleep("cool down", "300ms");
    const [packed, labelled] = await Promise.all([
      step.run("pack", () => (note(runId, "pack"), "packed")),
      step.run("label", () => (note(runId, "label"), "labelled")),
    ]);
    await step.sendEvent("tell", { name: "order/fulfilled", data: { orderId: event.data.orderId } });
    return { charge, packed, labelled };
  },
);

const notify = inngest.createFunction(
  { id: "notify", triggers: [{ event: "order/fulfilled" }] },
  async ({ event, step, runId }) =>
    step.run("mail", () => (note(runId, "mail"), `mailed about ${event.data.orderId}`)),
);

const refund = inngest.createFunction(
  { id: "approve-refund", triggers: [{ event: "refund/requested" }] },
  async ({ event, step }) => {
    const decision = await step.waitForEvent("decision", {
      event: "refund/decision",
      match: "data.orderId",
      timeout: event.data.patience,
    });
    return decision === null ? "nobody" : decision.data.approved ? "approved" : "rejected";
  },
);

const bigRefund = inngest.createFunction(
  { id: "big-refund", triggers: [{ event: "refund/big", if: "event.data.amount > 100" }] },
  async ({ step }) => {
    const decision = await step.waitForEvent("decision", {
      event: "refund/decision",
      if: "async.data.by in ['ann', 'bob'] && async.data.amount >= event.data.amount",
      timeout: "1m",
    });
    return decision.data.by;
  },
);

const drip = inngest.createFunction(
  { id: "drip", triggers: [{ event: "user/signed.up" }] },
  async ({ step, runId }) => {
    for (const mail of ["welcome", "tips", "offer"]) {
      await step.run(mail, () => note(runId, mail));
      await step.sleep(`after ${mail}`, "200ms");
    }
    return "done";
  },
);

const fragile = inngest.createFunction(
  {
    id: "fragile",
    retries: 2,
    triggers: [{ event: "shop/fragile" }],
    onFailure: async ({ error, event, step }) => {
      await step.run("log", () => note(event.data.run_id, `onFailure ${error.message}`));
      return error.message;
    },
  },
  async ({ step, runId }) => {
    await step.run("break", () => {
      note(runId, "break");
      throw new NonRetriableError("it is broken");
    });
  },
);

const caught = inngest.createFunction(
  { id: "caught", retries: 0, triggers: [{ event: "shop/caught" }] },
  async ({ step }) => {
    try {
      await step.run("break", () => {
        throw new Error("no");
      });
      return "whole";
    } catch (error) {
      return step.run("mend", () => `mended ${error.message}`);
    }
  },
);

const square = inngest.createFunction(
  { id: "square", triggers: [{ event: "shop/square" }] },
  async ({ event }) => event.data.n * event.data.n,
);

const asks = inngest.createFunction(
  { id: "asks", triggers: [{ event: "shop/asks" }] },
  async ({ event, step }) => {
    const squared = await step.invoke("square it", { function: square, data: { n: 7 } });
    const signal = await step.waitForSignal("go", { signal: event.data.signal, timeout: "1m" });
    return { squared, signal: signal.data };
  },
);

const race = inngest.createFunction(
  { id: "race", triggers: [{ event: "shop/race" }] },
  async ({ step, runId }) =>
    Promise.all(
      ["a", "b", "c", "d", "e"].map(async (name) => {
        const first = await step.run(`first ${name}`, () => (note(runId, `first ${name}`), 1));
        await step.sleep(`pause ${name}`, "100ms");
        return first + (await step.run(`second ${name}`, () => (note(runId, `second ${name}`), 1)));
      }),
    ),
);

const app = express();
app.use(express.json({ limit: "8mb" }));
app.use(
  "/api/inngest",
  serve({
    client: inngest,
    functions: [processOrder, notify, refund, bigRefund, drip, fragile, caught, square, asks, race],
  }),
);
app.listen(Number(port), "127.0.0.1");
