// An application in cloud mode: it takes calls that are signed, and no others.
import { Inngest } from "inngest";
import { createServer } from "inngest/node";

const client = new Inngest({ id: "signed", isDev: false, eventKey: "none" });
const accept = client.createFunction(
  { id: "accept", triggers: [{ event: "signed/sent" }] },
  async () => "accepted",
);

createServer({ client, functions: [accept] }).listen(Number(process.argv[2]), "127.0.0.1");
