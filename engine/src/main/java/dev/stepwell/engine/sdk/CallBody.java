package dev.stepwell.engine.sdk;

import dev.stepwell.engine.port.FunctionCaller;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.EventJson;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.JsonWriter;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;

/** What an app is told of a run with each call. */
final class CallBody {
  private CallBody() {}

  /**
   * The body of a call.
   *
   * @param attemptsMax of each step
   */
  static Json of(
      Ulid runId, Active run, Due.Call call, Ulid request, int attemptsMax, long nowMillis) {
    var settled = Memos.of(run, nowMillis);
    return Json.ofUtf8(
        JsonWriter.object(out ->
            out.object(
                    "ctx",
                    ctx ->
                        ctx.number("attempt", call.attempt())
                            .flag("disable_immediate_execution", Due.isPending(run, nowMillis))
                            .text("env", "")
                            .number("generation_id", 0)
                            .text("job_id", request.toString())
                            .number("max_attempts", attemptsMax)
                            .text("qi_id", request.toString())
                            .text("request_id", request.toString())
                            .text("run_id", runId.toString())
                            .object("stack", stack -> stack(stack, settled))
                            .text("step_id", FunctionCaller.NO_TARGET)
                            .flag("use_api", false))
                .object("defers", _ -> {})
                .object("event", event -> EventJson.write(event, run.event()))
                .objects("events", List.of(run.event()), EventJson::write)
                .object("steps", steps -> settled.forEach(step -> Memos.write(steps, step)))
                .flag("use_api", false)
                .number("version", run.spoken())));
  }

  private static void stack(JsonWriter out, List<Memos.Settled> settled) {
    out.number("current", settled.size())
        .texts("stack", settled.stream().map(Memos.Settled::hash).toList());
  }
}
