package dev.stepwell.testkit.crash;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FailedRun;
import dev.stepwell.FunctionSpec;
import dev.stepwell.NonRetryableException;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.engine.run.OwnEvents;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What functions look like: each way to use the engine once. */
final class Tales {
  private Tales() {}

  static final Duration HOUR = Duration.ofHours(1);

  /** What starts most runs. */
  @EventName("tale/go")
  record Go(String text) {
    static final Go GO = new Go("go");
  }

  /** What runs wait for. */
  @EventName("tale/answer")
  record Answer(String about, int number) {}

  /** The engine's own, about a run's end. */
  @EventName(OwnEvents.FINISHED)
  record Finished(String function_id, String run_id) {}

  /** All of them; together they come to every named point. */
  static Stream<Tale> all() {
    return Stream.of(
        Tale.of("one step", t -> t.note("a")).ending("story", "completed a"),
        Tale.of("three steps", t -> t.note("a") + t.note("b") + t.note("c"))
            .ending("story", "completed abc"),
        fiveStepsAtOnce(),
        sleeps(),
        waitsThatAreAnswered(),
        Tale.of("a wait that nobody answers", t -> t.note("a") + t.answer("x"))
            .goingOn(engine -> engine.sendAll(new Answer("y", 6)))
            .ending("story", "completed a0"),
        invokes(),
        retries(),
        fails(),
        Tale.of(
                "cancelled asleep",
                t -> {
                  var a = t.note("a");
                  t.sleep("hour", HOUR);
                  return a + t.note("b");
                })
            .goingOn(engine -> engine.runs("story").forEach(run -> run.cancel("enough")))
            .ending("story", "cancelled enough")
            .orIfLate("story", "completed ab"),
        Tale.of(
                "cancelled at work",
                t -> {
                  t.cancelOwnRun("a");
                  return t.note("b");
                })
            .ending("story", "cancelled " + Stage.BY_ITSELF),
        twoThatAreHeardOf(),
        taker(),
        sends(),
        inFuture(),
        withAnId());
  }

  private static Tale fiveStepsAtOnce() {
    return Tale.of(
            "five steps at once",
            t -> {
              var forks = Stream.of("a", "b", "c", "d", "e").map(t::fork).toList();
              return forks.stream().map(Steps.Fork::join).collect(Collectors.joining())
                  + t.note("f");
            })
        .ending("story", "completed abcdef");
  }

  /** One for which the run stays in memory, and one for which it does not. */
  private static Tale sleeps() {
    return Tale.of(
            "sleeps",
            t -> {
              var a = t.note("a");
              t.sleep("moment", Duration.ofSeconds(5));
              var b = t.note("b");
              t.sleep("hour", HOUR);
              return a + b + t.note("c");
            })
        .ending("story", "completed abc");
  }

  /** One that is answered while it lasts, and one that has been before it began. */
  private static Tale waitsThatAreAnswered() {
    return Tale.of(
            "waits that are answered",
            t -> {
              var a = t.note("a");
              var x = t.answer("x");
              return a + x + t.note("b") + t.answer("z");
            })
        .goingOn(
            engine -> engine.sendAll(new Answer("y", 6), new Answer("x", 7), new Answer("z", 9)))
        .ending("story", "completed a7b9")
        .orIfLate("story", "completed a0b9", "completed a7b0", "completed a0b0");
  }

  private static Tale invokes() {
    return Tale.of(
            "invokes",
            t -> {
              var a = t.note("a");
              var called =
                  t.step().invoke("it", Callee.class, new Go("to you"), HOUR.multipliedBy(2));
              return a + called + t.note("b");
            })
        .with(on -> List.of(new Callee(on)))
        .ending("story", "completed acalledb")
        .ending("callee", "completed called");
  }

  private record Callee(Stage on) implements DurableFunction<Go, String> {
    @Override
    public FunctionSpec<Go> spec() {
      return FunctionSpec.onEvents("callee", Go.class, "tale/nobody-sends-this");
    }

    @Override
    public String run(Go go, Steps step) {
      var teller = new Teller(on, step);
      teller.sleep("think", Duration.ofSeconds(30));
      return teller.note("called");
    }
  }

  /** Of a step, after a short pause and a longer one; of code between steps; and no more. */
  private static Tale retries() {
    return Tale.of(
            "retries",
            t -> {
              var a = t.fickle("a");
              t.stumble();
              try {
                return a + t.doomed("b");
              } catch (StepFailedException e) {
                return a + e.lastError() + t.note("c");
              }
            })
        .ending("story", "completed aneverc");
  }

  private static Tale fails() {
    return Tale.of("a failure that is handled", t -> t.note("a"))
        .with(on -> List.of(new Failing(on)))
        .ending("story", "completed a")
        .ending("failing", "failed never")
        .ending("failing-failure", "completed null");
  }

  private record Failing(Stage on) implements DurableFunction<Go, String> {
    @Override
    public FunctionSpec<Go> spec() {
      return FunctionSpec.onEvent("failing", Go.class);
    }

    @Override
    public String run(Go go, Steps step) {
      var _ = new Teller(on, step).note("a");
      throw new NonRetryableException("never");
    }

    @Override
    public void onFailure(FailedRun<Go> failed, Steps step) {
      var _ = new Teller(on, step).note("handle");
    }
  }

  private static Tale twoThatAreHeardOf() {
    return Tale.of("two functions and a third that hears of their ends", t -> t.note("a"))
        .with(on ->
            List.of(
                new Told<>(FunctionSpec.onEvent("twin", Go.class), on, t -> t.note("b")),
                new Told<>(FunctionSpec.onEvent("epilogue", Finished.class), on, t -> t.note("c"))))
        .ending("story", "completed a")
        .ending("twin", "completed b")
        .ending("epilogue", "completed c", "completed c");
  }

  private static Tale taker() {
    return Tale.of(
            "three that take turns",
            FunctionSpec.onEvent("story", Go.class).concurrency(1),
            t -> t.note("a") + t.note("b"))
        .beginning(engine -> engine.sendAll(new Go("1"), new Go("2"), new Go("3")))
        .ending("story", "completed ab", "completed ab", "completed ab");
  }

  private static Tale sends() {
    return Tale.of(
            "sends",
            t -> {
              var a = t.note("a");
              t.step().send("tell", new Answer("z", 1));
              return a + t.note("b");
            })
        .with(on ->
            List.of(
                new Told<>(
                    FunctionSpec.onEvent("listener", Answer.class), on, t -> t.note("hear"))))
        .ending("story", "completed ab")
        .ending("listener", "completed hear");
  }

  private static Tale inFuture() {
    return Tale.of("an event of the future", t -> t.note("a"))
        .beginning(engine -> engine.sendAll(OutgoingEvent.of(Go.GO).ts(engine.now().plus(HOUR))))
        .ending("story", "completed a");
  }

  private static Tale withAnId() {
    return Tale.of("an event that comes twice", t -> t.note("a"))
        .beginning(engine -> {
          engine.sendAll(OutgoingEvent.of(Go.GO).id("once"));
          engine.sendAll(OutgoingEvent.of(Go.GO).id("once"));
        })
        .ending("story", "completed a");
  }
}
