package dev.stepwell.server.crash;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.server.crash.CrashEvents.Answer;
import dev.stepwell.server.crash.CrashEvents.Call;
import dev.stepwell.server.crash.CrashEvents.Called;
import dev.stepwell.server.crash.CrashEvents.Finished;
import dev.stepwell.server.crash.CrashEvents.Nap;
import dev.stepwell.server.crash.CrashEvents.Question;
import dev.stepwell.server.crash.CrashEvents.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The functions that the server runs; each tells its steps what the steps before returned. */
final class CrashFunctions {
  private CrashFunctions() {}

  static final String WORK = "crash-work";
  static final String NAP = "crash-nap";
  static final String QUESTION = "crash-question";
  static final String CALL = "crash-call";
  static final String CALLED = "crash-called";
  static final String WATCH = "crash-watch";

  static final String NO_ANSWER = "no-answer";

  /**
   * The steps that write in the ledger, in stages: no step may begin again once one of a later
   * stage has begun.
   */
  static final Map<String, List<List<String>>> STAGES =
      Map.of(
          WORK, List.of(List.of("first"), List.of("second"), List.of("third"), List.of("flaky")),
          NAP, List.of(List.of("before"), List.of("after")),
          QUESTION, List.of(List.of("ask"), List.of("hear")),
          CALL, List.of(List.of("prepare"), List.of("left", "right"), List.of("collect")),
          CALLED, List.of(List.of("work")),
          WATCH, List.of(List.of("note")));

  private static final int RETRIES = 20;

  static List<DurableFunction<?, ?>> all(Ledger ledger) {
    return List.of(
        new Working(ledger),
        new Napping(ledger),
        new Asking(ledger),
        new Calling(ledger),
        new BeingCalled(ledger),
        new Watching(ledger));
  }

  /** Three steps in a row, and one that fails at first. */
  record Working(Ledger ledger) implements DurableFunction<Work, String> {
    @Override
    public FunctionSpec<Work> spec() {
      return FunctionSpec.onEvent(WORK, Work.class).retries(RETRIES);
    }

    @Override
    public String run(Work work, Steps step) {
      var scribe = new Scribe(ledger, step.info(), work.key());
      var first = step.run("first", () -> scribe.step("first", ""));
      var second = step.run("second", () -> scribe.step("second", first));
      var third = step.run("third", () -> scribe.step("third", second));
      return step.run("flaky", () -> scribe.flakyStep("flaky", third));
    }
  }

  /** A sleep between two steps. */
  record Napping(Ledger ledger) implements DurableFunction<Nap, String> {
    @Override
    public FunctionSpec<Nap> spec() {
      return FunctionSpec.onEvent(NAP, Nap.class);
    }

    @Override
    public String run(Nap nap, Steps step) {
      var scribe = new Scribe(ledger, step.info(), nap.key());
      var before = step.run("before", () -> scribe.step("before", ""));
      step.sleep("nap", Duration.ofMillis(nap.millis()));
      return step.run("after", () -> scribe.step("after", before));
    }
  }

  /** A wait for an answer that may come early, late, twice or never. */
  record Asking(Ledger ledger) implements DurableFunction<Question, String> {
    @Override
    public FunctionSpec<Question> spec() {
      return FunctionSpec.onEvent(QUESTION, Question.class);
    }

    @Override
    public String run(Question question, Steps step) {
      var scribe = new Scribe(ledger, step.info(), question.key());
      step.run("ask", () -> scribe.step("ask", "", question.workMillis()));
      var answer =
          step.waitFor("answer", Answer.class)
              .where(Answer::key)
              .is(question.key())
              .atMost(Duration.ofMillis(question.atMostMillis()))
              .map(Answer::text)
              .orElse(NO_ANSWER);
      return step.run("hear", () -> scribe.step("hear", answer));
    }
  }

  /** Two steps side by side, and another function's outcome. */
  record Calling(Ledger ledger) implements DurableFunction<Call, String> {
    @Override
    public FunctionSpec<Call> spec() {
      return FunctionSpec.onEvent(CALL, Call.class);
    }

    @Override
    public String run(Call call, Steps step) {
      var scribe = new Scribe(ledger, step.info(), call.key());
      var prepared = step.run("prepare", () -> scribe.step("prepare", ""));
      var left = step.start("left", () -> scribe.step("left", prepared));
      var right = step.start("right", () -> scribe.step("right", prepared));
      var both = left.join() + "," + right.join();
      var outcome = step.invoke("invoke", BeingCalled.class, new Called(call.key()));
      return step.run("collect", () -> scribe.step("collect", both + "," + outcome));
    }
  }

  record BeingCalled(Ledger ledger) implements DurableFunction<Called, String> {
    @Override
    public FunctionSpec<Called> spec() {
      return FunctionSpec.onEvent(CALLED, Called.class);
    }

    @Override
    public String run(Called called, Steps step) {
      var scribe = new Scribe(ledger, step.info(), called.key());
      return step.run("work", () -> scribe.step("work", ""));
    }
  }

  /** Hears of the end of each working run. */
  record Watching(Ledger ledger) implements DurableFunction<Finished, String> {
    @Override
    public FunctionSpec<Finished> spec() {
      return FunctionSpec.onEvent(WATCH, Finished.class).where(Finished::function_id).is(WORK);
    }

    @Override
    public String run(Finished finished, Steps step) {
      var scribe = new Scribe(ledger, step.info(), finished.run_id());
      return step.run("note", () -> scribe.step("note", ""));
    }
  }
}
