package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.NonRetryableException;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelStepsTest {

  @Test
  void stepsThatAreStartedGoOnSideBySide() {
    var allThere = new CyclicBarrier(3);
    var story =
        Story.of((_, step) -> {
          var forks = new ArrayList<Steps.Fork<Integer>>();
          for (var i = 0; i < 3; i++) {
            var number = i;
            forks.add(
                step.start(
                    "part-" + i,
                    () -> {
                      allThere.await(20, TimeUnit.SECONDS);
                      return number;
                    }));
          }
          return String.valueOf(forks.stream().map(Steps.Fork::join).toList());
        });
    try (var engine = TestEngine.with(story)) {
      assertThat(engine.send(Go.GO).outcome(String.class)).isEqualTo("[0, 1, 2]");
    }
  }

  @Test
  void oneThatFailsFailsWhereItIsJoined() {
    var story =
        Story.of((_, step) -> {
          var good = step.start("good", () -> "good");
          var bad = step.<String>start("bad", () -> never());
          try {
            return bad.join();
          } catch (StepFailedException e) {
            return good.join() + " despite " + e.step();
          }
        });
    try (var engine = TestEngine.with(story)) {
      assertThat(engine.send(Go.GO).outcome(String.class)).isEqualTo("good despite bad");
    }
  }

  @Test
  void eachIsTriedAgainByItself() {
    var tries = new AtomicInteger();
    var story =
        Story.of((_, step) -> {
          var shaky = step.start("shaky", () -> tries.incrementAndGet() < 3 ? busy() : "a");
          var steady = step.start("steady", () -> "b");
          return shaky.join() + steady.join();
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      assertThat(engine.executions("steady")).isEqualTo(1);
      engine.advance(Duration.ofSeconds(45));

      assertThat(run.outcome(String.class)).isEqualTo("ab");
      assertThat(engine.executions("steady")).isEqualTo(1);
      assertThat(engine.executions("shaky")).isEqualTo(3);
    }
  }

  @Test
  void theyGoOnWhileTheFunctionSleeps() {
    var tries = new AtomicInteger();
    var story =
        Story.of((_, step) -> {
          var shaky = step.start("shaky", () -> tries.incrementAndGet() < 3 ? busy() : "a");
          step.sleep("hour", Duration.ofHours(1));
          return shaky.join();
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.advance(Duration.ofMinutes(59));
      assertThat(engine.executions("shaky")).isEqualTo(3);
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      engine.advance(Duration.ofMinutes(1));

      assertThat(run.outcome(String.class)).isEqualTo("a");
      assertThat(engine.executions("shaky")).isEqualTo(3);
    }
  }

  @Test
  void whatIsStoredIsNotExecutedAgainAfterACrash() {
    var story =
        Story.of((_, step) -> {
          var forks = new ArrayList<Steps.Fork<String>>();
          for (var name : List.of("a", "b", "c", "d")) {
            forks.add(step.start(name, () -> name));
          }
          step.sleep("hour", Duration.ofHours(1));
          return String.join("", forks.stream().map(Steps.Fork::join).toList());
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.crash();
      engine.advance(Duration.ofHours(1));

      assertThat(run.outcome(String.class)).isEqualTo("abcd");
      assertThat(List.of("a", "b", "c", "d")).allMatch(name -> engine.executions(name) == 1);
    }
  }

  @Test
  void aCrashInOneLeavesTheOthersResults() {
    var story =
        Story.of((_, step) -> {
          var one = step.start("one", () -> "1");
          var joined = one.join();
          var two = step.start("two", () -> "2");
          return joined + two.join();
        });
    try (var engine = TestEngine.with(story)) {
      engine.crashAfter("two");
      var run = engine.send(Go.GO);

      assertThat(run.outcome(String.class)).isEqualTo("12");
      assertThat(engine.executions("one")).isEqualTo(1);
      assertThat(engine.executions("two")).isEqualTo(2);
    }
  }

  @Test
  void joiningTwiceGivesTheSameAnswer() {
    var story =
        Story.of((_, step) -> {
          var one = step.start("one", () -> "1");
          return one.join() + one.join();
        });
    try (var engine = TestEngine.with(story)) {
      assertThat(engine.send(Go.GO).outcome(String.class)).isEqualTo("11");
    }
  }

  @Test
  void aFunctionMayEndWithoutJoiningThem() {
    var story =
        Story.of((_, step) -> {
          var _ = step.<String>start("lost", () -> busy());
          return "done";
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);

      assertThat(run.outcome(String.class)).isEqualTo("done");
      engine.advance(Duration.ofHours(1));
      assertThat(run.outcome(String.class)).isEqualTo("done");
    }
  }

  @Test
  void ownCodeThatFailsBesideThemIsTriedAgain() {
    var bodies = new AtomicInteger();
    var story =
        Story.of((_, step) -> {
          var one = step.start("one", () -> "1");
          if (bodies.incrementAndGet() == 1) {
            throw new IOException("own code");
          }
          return one.join();
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.advance(Duration.ofMinutes(1));

      assertThat(run.outcome(String.class)).isEqualTo("1");
    }
  }

  @Test
  void nineHundredOfThemAllCount() {
    var story =
        Story.of((_, step) -> {
          var forks = new ArrayList<Steps.Fork<Integer>>();
          for (var i = 0; i < 900; i++) {
            var number = i;
            forks.add(step.start("part-" + i, () -> number));
          }
          return String.valueOf(forks.stream().mapToInt(Steps.Fork::join).sum());
        });
    try (var engine = TestEngine.with(story)) {
      assertThat(engine.send(Go.GO).outcome(String.class)).isEqualTo("404550");
    }
  }

  private static String busy() throws IOException {
    throw new IOException("busy");
  }

  private static String never() {
    throw new NonRetryableException("never");
  }
}
