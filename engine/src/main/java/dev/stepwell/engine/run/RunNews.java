package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Ended;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.List;

/** Puts a run's new facts into words for the node's listener. */
final class RunNews {
  private RunNews() {}

  private static final int DETAIL_MAX = 200;

  static void tell(RunListener listener, Ulid runId, RunState state, List<RunFact> facts) {
    if (listener == RunListener.NONE) {
      return;
    }
    var function =
        switch (state) {
          case RunState.Absent _ -> "";
          case Active run -> run.function();
          case Ended ended -> ended.run().function();
        };
    facts.forEach(fact -> tell(listener, runId, function, fact));
  }

  private static void tell(RunListener listener, Ulid runId, String function, RunFact fact) {
    var at = Instant.ofEpochMilli(fact.atMillis());
    switch (fact) {
      case RunFact.Spoken _, RunFact.StepPlanned _ -> {}
      case RunFact.Started _ -> listener.started(runId, function, at);
      case RunFact.StepSucceeded f ->
          listener.step(runId, function, f.step(), "completed", () -> brief(f.result()), at);
      case RunFact.StepAttemptFailed f ->
          listener.step(
              runId,
              function,
              f.step(),
              "retrying",
              () -> f.failure().message() + "; again at " + Instant.ofEpochMilli(f.retryAtMillis()),
              at);
      case RunFact.StepFailed f ->
          listener.step(runId, function, f.step(), "failed", () -> f.failure().message(), at);
      case RunFact.SleepStarted f ->
          listener.step(
              runId, function, f.step(), "sleeping", () -> "until " + instant(f.untilMillis()), at);
      case RunFact.WaitStarted f ->
          listener.step(
              runId,
              function,
              f.step(),
              "waiting",
              () -> "for " + f.awaited().text() + " until " + instant(f.untilMillis()),
              at);
      case RunFact.WaitMatched f ->
          listener.step(runId, function, f.step(), "completed", () -> brief(f.event().data()), at);
      case RunFact.WaitRefused f ->
          listener.step(runId, function, f.step(), "failed", () -> f.failure().message(), at);
      case RunFact.WaitTimedOut f ->
          listener.step(runId, function, f.step(), "timed out", () -> "", at);
      case RunFact.InvokeStarted f ->
          listener.step(runId, function, f.step(), "waiting", () -> "for " + f.function(), at);
      case RunFact.InvokeEnded f ->
          listener.step(
              runId,
              function,
              f.step(),
              f.outcome() instanceof Outcome.Completed ? "completed" : "failed",
              () -> "",
              at);
      case RunFact.AttemptFailed f ->
          listener.step(runId, function, "", "retrying", () -> f.failure().message(), at);
      case RunFact.Warned f -> listener.step(runId, function, "", "warning", f::warning, at);
      case RunFact.Ended f -> listener.ended(runId, function, f.outcome().status(), at);
    }
  }

  private static Instant instant(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static String brief(Json json) {
    var text = json.toString();
    return text.length() <= DETAIL_MAX ? text : text.substring(0, DETAIL_MAX) + "...";
  }
}
