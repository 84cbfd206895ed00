package dev.stepwell.testkit.behaviour;

import dev.stepwell.DurableFunction;
import dev.stepwell.FailedRun;
import dev.stepwell.FunctionSpec;
import dev.stepwell.NonRetryableException;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** What functions look like: each has steps, a story that is played to its end, and one outcome. */
enum Shape {
  SEQUENCE("abc", 1, "a b c") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> note(step, "a") + note(step, "b") + note(step, "c"));
    }
  },

  LONG_SLEEPS("ab", 1, "a b") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> {
        var a = note(step, "a");
        step.sleep("hour", HOUR);
        return a + note(step, "b");
      });
    }
  },

  SHORT_SLEEPS("ab", 1, "a b") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> {
        var a = note(step, "a");
        step.sleep("second", Duration.ofSeconds(1));
        return a + note(step, "b");
      });
    }
  },

  FAILURE_THAT_IS_CAUGHT("never-undone", 1, "a bad undo") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> {
        note(step, "a");
        try {
          return step.run("bad", () -> raise(new NonRetryableException("never")));
        } catch (StepFailedException e) {
          return e.lastError() + "-" + step.run("undo", () -> "undone");
        }
      });
    }
  },

  PARALLEL_STEPS("abcd", 3, "a b c d") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> {
        var forks =
            List.of(
                step.start("a", () -> "a"), step.start("b", () -> "b"), step.start("c", () -> "c"));
        return forks.stream().map(Steps.Fork::join).collect(Collectors.joining()) + note(step, "d");
      });
    }
  },

  WAIT_THAT_IS_ANSWERED("a7", 1, "a") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> note(step, "a") + answer(step));
    }

    @Override
    void go(TestEngine engine) {
      engine.sendAll(new Answer("y", 6), new Answer("x", 7));
    }
  },

  WAIT_THAT_WAS_ANSWERED_EARLY("a7", 1, "a") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> {
        step.sleep("hour", HOUR);
        return note(step, "a") + answer(step);
      });
    }

    @Override
    void go(TestEngine engine) {
      engine.sendAll(new Answer("y", 6), new Answer("x", 7));
    }
  },

  WAIT_THAT_NOBODY_ANSWERS("a0", 1, "a") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> note(step, "a") + answer(step));
    }
  },

  SENT_EVENT("ab", 2, "a b hear") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return new DurableFunction<?, ?>[] {
        Story.of((_, step) -> {
          var a = note(step, "a");
          step.send("tell", new Answer("z", 1));
          return a + note(step, "b");
        }),
        new Story(
            FunctionSpec.onEvents("listener", Go.class, "test/answer"),
            (_, step) -> note(step, "hear"))
      };
    }

    @Override
    String outcomeOf(TestEngine engine) {
      engine.run("listener");
      return super.outcomeOf(engine);
    }
  },

  SIGNAL("aheard", 1, "a") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) ->
          note(step, "a")
              + step.waitForSignal("wait", "now", String.class, HOUR).orElse("nothing"));
    }

    @Override
    void go(TestEngine engine) {
      // Whoever gets no answer sends the signal again, and then nobody may be waiting any more.
      var _ = engine.signal("now", "heard");
    }
  },

  FAILURE_THAT_IS_HANDLED("never", 1, "a handle") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return new DurableFunction<?, ?>[] {new Fails()};
    }

    @Override
    String outcomeOf(TestEngine engine) {
      engine.run("fails-failure");
      return engine.run("fails").failure().message();
    }
  },

  INVOKED_FUNCTION("49", 1, "square") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return new DurableFunction<?, ?>[] {
        Story.of((_, step) ->
            String.valueOf(step.invoke("it", Squares.class, new Squares.Root(7)).value())),
        new Squares()
      };
    }

    @Override
    String outcomeOf(TestEngine engine) {
      engine.run("squares");
      return super.outcomeOf(engine);
    }
  },

  FUTURE_EVENT("a", 1, "a") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> note(step, "a"));
    }

    @Override
    void begin(TestEngine engine) {
      engine.sendAll(OutgoingEvent.of(Go.GO).ts(engine.now().plus(HOUR)));
    }
  },

  EVENT_WITH_AN_ID("a", 1, "a") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return only((_, step) -> note(step, "a"));
    }

    @Override
    void begin(TestEngine engine) {
      engine.sendAll(OutgoingEvent.of(Go.GO).id("once"));
      engine.sendAll(OutgoingEvent.of(Go.GO).id("once"));
    }
  },

  CRON("ticked ticked", 1, "tick") {
    @Override
    DurableFunction<?, ?>[] functions() {
      return new DurableFunction<?, ?>[] {new EveryHour()};
    }

    @Override
    void begin(TestEngine engine) {}

    @Override
    int executions() {
      return 2;
    }

    @Override
    String outcomeOf(TestEngine engine) {
      return engine.runs("every-hour").stream()
          .map(run -> run.outcome(String.class))
          .collect(Collectors.joining(" "));
    }
  },

  /** A place is given back when its code has ended, stored or not: so three may be in flight. */
  FUNCTION_WITH_A_LIMIT("a a a", 3, "a") {
    @Override
    DurableFunction<?, ?>[] functions() {
      var spec = FunctionSpec.onEvent("story", Go.class).concurrency(1);
      return new DurableFunction<?, ?>[] {new Story(spec, (_, step) -> note(step, "a"))};
    }

    @Override
    void begin(TestEngine engine) {
      engine.sendAll(new Go("1"), new Go("2"), new Go("3"));
    }

    @Override
    int executions() {
      return 3;
    }

    @Override
    String outcomeOf(TestEngine engine) {
      return engine.runs("story").stream()
          .map(run -> run.outcome(String.class))
          .collect(Collectors.joining(" "));
    }
  };

  private static final Duration HOUR = Duration.ofHours(1);

  private final String outcome;
  private final int inFlightMax;
  private final List<String> steps;

  Shape(String outcome, int inFlightMax, String steps) {
    this.outcome = outcome;
    this.inFlightMax = inFlightMax;
    this.steps = List.of(steps.split(" "));
  }

  abstract DurableFunction<?, ?>[] functions();

  /** What its run returns. */
  String outcome() {
    return outcome;
  }

  /** How many of its steps may execute at once, so that a crash loses them. */
  int inFlightMax() {
    return inFlightMax;
  }

  /** The steps with code of its own. */
  List<String> steps() {
    return steps;
  }

  /** How often their code is executed without a crash. */
  int executions() {
    return steps.size();
  }

  /** Plays the story, and tells how it ended. */
  final String play(TestEngine engine) {
    begin(engine);
    engine.advance(Duration.ofMinutes(10));
    go(engine);
    engine.advance(Duration.ofHours(2));
    return outcomeOf(engine);
  }

  void begin(TestEngine engine) {
    engine.sendAll(Go.GO);
  }

  void go(TestEngine engine) {}

  String outcomeOf(TestEngine engine) {
    TestRun run = engine.run("story");
    return run.outcome(String.class);
  }

  private static DurableFunction<?, ?>[] only(Story.Body body) {
    return new DurableFunction<?, ?>[] {Story.of(body)};
  }

  private static String note(Steps step, String name) {
    return step.run(name, () -> name);
  }

  private static int answer(Steps step) {
    return step.waitFor("answer", Answer.class)
        .where(Answer::about)
        .is("x")
        .atMost(HOUR)
        .map(Answer::number)
        .orElse(0);
  }

  private static String raise(RuntimeException thrown) throws IOException {
    throw thrown;
  }

  private static final class Squares implements DurableFunction<Squares.Root, Squares.Square> {
    record Root(int value) {}

    record Square(int value) {}

    @Override
    public FunctionSpec<Root> spec() {
      return FunctionSpec.onEvents("squares", Root.class, "test/number");
    }

    @Override
    public Square run(Root root, Steps step) {
      step.sleep("think", Duration.ofSeconds(30));
      return step.run("square", () -> new Square(root.value() * root.value()));
    }
  }

  private static final class Fails implements DurableFunction<Go, String> {
    @Override
    public FunctionSpec<Go> spec() {
      return FunctionSpec.onEvent("fails", Go.class);
    }

    @Override
    public String run(Go go, Steps step) {
      note(step, "a");
      throw new NonRetryableException("never");
    }

    @Override
    public void onFailure(FailedRun<Go> failed, Steps step) {
      note(step, "handle");
    }
  }

  private static final class EveryHour implements DurableFunction<FunctionSpec.Tick, String> {
    @Override
    public FunctionSpec<FunctionSpec.Tick> spec() {
      return FunctionSpec.onCron("every-hour", "30 * * * *", ZoneOffset.UTC);
    }

    @Override
    public String run(FunctionSpec.Tick tick, Steps step) {
      return step.run("tick", () -> "ticked");
    }
  }
}
