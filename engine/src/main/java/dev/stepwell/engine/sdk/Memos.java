package dev.stepwell.engine.sdk;

import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.StepState;
import dev.stepwell.engine.wire.EventJson;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.JsonWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a run remembers, as SDKs read it. */
final class Memos {
  private Memos() {}

  /** A step that the function can go on behind. */
  record Settled(String hash, StepState step, long endedAtMillis) {}

  /** Those steps in the order in which they ended: some SDKs go on in that order. */
  static List<Settled> of(Active run, long nowMillis) {
    return run.steps().entrySet().stream()
        .filter(entry -> isSettled(entry.getValue(), nowMillis))
        .map((Map.Entry<String, StepState> entry) ->
            new Settled(StepKeys.hash(entry.getKey()), entry.getValue(), ended(entry.getValue())))
        .sorted(
            Comparator.comparingLong(Settled::endedAtMillis)
                .thenComparingInt(settled -> settled.step().order()))
        .toList();
  }

  static boolean isSettled(StepState step, long nowMillis) {
    return switch (step) {
      case StepState.Done _ -> true;
      case StepState.Sleeping sleeping -> sleeping.ready(nowMillis);
      case StepState.Pending _ -> false;
    };
  }

  private static long ended(StepState step) {
    return switch (step) {
      case StepState.Done done -> done.endedAtMillis();
      case StepState.Pending pending -> pending.untilMillis();
    };
  }

  /** One member of {@code steps}. */
  static void write(JsonWriter out, Settled settled) {
    var name = settled.hash();
    switch (settled.step()) {
      case StepState.Succeeded s -> data(out, name, s.result());
      case StepState.Failed s -> error(out, name, s.failure());
      case StepState.Refused s -> error(out, name, s.failure());
      case StepState.Matched s -> matched(out, name, s);
      case StepState.Invoked s -> {
        switch (s.outcome()) {
          case Outcome.Completed(var output) -> data(out, name, output);
          case Outcome.Failed(var failure) -> error(out, name, failure);
          case Outcome.Cancelled(var reason) ->
              error(out, name, new Failure("Cancelled", reason, ""));
        }
      }
      case StepState.TimedOut _ -> out.json(name, Json.NULL);
      case StepState.Pending _ -> out.json(name, Json.NULL);
    }
  }

  private static void matched(JsonWriter out, String name, StepState.Matched step) {
    if (step.begun().awaited() instanceof Awaited.OfSignal(var signal)) {
      out.object(
          name,
          memo ->
              memo.object(
                  "data", it -> it.text("signal", signal).json("data", step.event().data())));
    } else {
      out.object(name, memo -> EventJson.write(memo, step.event()));
    }
  }

  private static void data(JsonWriter out, String name, Json data) {
    out.object(name, memo -> memo.json("data", data));
  }

  private static void error(JsonWriter out, String name, Failure failure) {
    out.object(
        name,
        memo -> {
          if (failure.details().isPresent()) {
            memo.json("error", failure.details());
          } else {
            memo.object(
                "error",
                it ->
                    it.text("name", failure.name())
                        .text("message", failure.message())
                        .text("stack", failure.stack()));
          }
        });
  }
}
