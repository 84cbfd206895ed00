package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.NonRetryableException;
import dev.stepwell.RetryAfterException;
import dev.stepwell.StepFailedException;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestSetup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTest {

  private static final List<Integer> TABLE_SECONDS =
      List.of(15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200, 7200);

  private final List<Instant> tries = new ArrayList<>();

  @Test
  void aFailingStepIsTriedAgainAfterThePausesOfTheTable() {
    var story = Story.of((_, step) -> step.run("shaky", () -> "unused")).retries(12);
    try (var engine = TestEngine.with(story)) {
      failAlways(engine);
      var run = engine.send(Go.GO);
      engine.advance(Duration.ofDays(2));

      assertThat(pausesMillis())
          .containsExactlyElementsOf(TABLE_SECONDS.stream().map(s -> s * 1000L).toList());
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.step("shaky").attempts()).isEqualTo(13);
      assertThat(run.failure().name()).isEqualTo(StepFailedException.class.getName());
    }
  }

  @Test
  void chanceAddsUpToThirtySecondsToEachPause() {
    var story = Story.of((_, step) -> step.run("shaky", () -> "unused")).retries(12);
    try (var engine = TestSetup.of(story).seed(17).start()) {
      failAlways(engine);
      engine.send(Go.GO);
      engine.advance(Duration.ofDays(2));

      var added =
          IntStream.range(0, TABLE_SECONDS.size())
              .mapToLong(i -> pausesMillis().get(i) - TABLE_SECONDS.get(i) * 1000L)
              .boxed()
              .toList();
      assertThat(added).allMatch(more -> more >= 0 && more < 30_000);
      assertThat(added).doesNotHaveDuplicates();
    }
  }

  @Test
  void aStepThatSucceedsAtLastIsDone() {
    var story = Story.of((_, step) -> step.run("shaky", () -> "unused"));
    try (var engine = TestEngine.with(story)) {
      engine.fake("shaky", () -> tryNumber(engine) < 5 ? fail("not yet") : "done");
      var run = engine.send(Go.GO);
      engine.advance(Duration.ofHours(1));

      assertThat(run.outcome(String.class)).isEqualTo("done");
      assertThat(run.step("shaky").attempts()).isEqualTo(5);
    }
  }

  @Test
  void aCrashBetweenTwoAttemptsLosesNoneAndAddsNone() {
    var story = Story.of((_, step) -> step.run("shaky", () -> "unused")).retries(3);
    try (var engine = TestEngine.with(story)) {
      failAlways(engine);
      var run = engine.send(Go.GO);
      for (var i = 0; i < 10; i++) {
        engine.crash();
        engine.advance(Duration.ofSeconds(20));
      }

      assertThat(tries).hasSize(4);
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void whatIsNotRetryableIsTriedOnce() {
    var story =
        Story.of((_, step) -> step.run("no", () -> raise(new NonRetryableException("never"))));
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);

      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.step("no").attempts()).isEqualTo(1);
      assertThat(run.failure().message()).contains("step 'no' failed").contains("never");
    }
  }

  @Test
  void aStepMaySayHowLongToPause() {
    var story = Story.of((_, step) -> step.run("later", () -> "unused")).retries(2);
    try (var engine = TestEngine.with(story)) {
      engine.fake(
          "later",
          () -> {
            tryNumber(engine);
            throw new RetryAfterException("busy", Duration.ofMinutes(7));
          });
      var run = engine.send(Go.GO);
      engine.advance(Duration.ofHours(1));

      assertThat(pausesMillis()).containsExactly(420_000L, 420_000L);
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void aFailedStepMayBeCaughtAndUndone() {
    var story =
        Story.of((_, step) -> {
          try {
            return step.run("no", () -> raise(new NonRetryableException("never")));
          } catch (StepFailedException e) {
            step.sleep("a-while", Duration.ofDays(1));
            return step.run("undo", () -> "undone") + ": " + e.lastError() + e.attempts();
          }
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.crash();
      engine.advance(Duration.ofDays(1));

      assertThat(run.outcome(String.class)).isEqualTo("undone: never1");
      assertThat(engine.executions("no")).isEqualTo(1);
    }
  }

  @Test
  void anErrorOfAStepIsItsFailureLikeAnyOther() {
    var story =
        Story.of((_, step) -> step.run("bad", () -> raise(new AssertionError("oh")))).retries(0);
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);

      assertThat(run.step("bad").failure().orElseThrow().name())
          .isEqualTo(AssertionError.class.getName());
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }
  }

  @Test
  void aResultWithoutJsonFormFailsAtOnce() {
    var story =
        Story.of((_, step) -> {
          step.run("thread", Object.class, () -> new Object[] {Thread.currentThread()});
          return "unreachable";
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);

      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(engine.executions("thread")).isEqualTo(1);
    }
  }

  @Test
  void ownCodeIsTriedAgainWithItsStepsRemembered() {
    var bodies = new AtomicInteger();
    var story =
        Story.of(
                (_, step) -> {
                  var one = step.run("one", () -> "one");
                  if (bodies.incrementAndGet() < 3) {
                    throw new IOException("own code");
                  }
                  return one + step.info().attempt();
                })
            .retries(2);
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      assertThat(run.view().failure().orElseThrow().message()).isEqualTo("own code");
      engine.advance(Duration.ofSeconds(45));

      assertThat(run.outcome(String.class)).isEqualTo("one3");
      assertThat(engine.executions("one")).isEqualTo(1);
    }
  }

  @Test
  void ownCodeThatGoesOnFailingFailsTheRun() {
    var bodies = new AtomicInteger();
    var story =
        Story.of(
                (_, _) -> {
                  bodies.incrementAndGet();
                  throw new IOException("own code");
                })
            .retries(4);
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.advance(Duration.ofHours(1));

      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.failure().name()).isEqualTo(IOException.class.getName());
      assertThat(bodies).hasValue(5);
    }
  }

  @Test
  void ownCodeHasAllItsAttemptsAgainBehindEachStep() {
    var beforeStep = new AtomicInteger();
    var behindStep = new AtomicInteger();
    var story =
        Story.of(
                (_, step) -> {
                  if (beforeStep.incrementAndGet() <= 2) {
                    throw new IOException("before");
                  }
                  step.run("one", () -> "one");
                  if (behindStep.incrementAndGet() <= 2) {
                    throw new IOException("behind");
                  }
                  return "done";
                })
            .retries(2);
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.advance(Duration.ofHours(1));

      assertThat(run.outcome(String.class)).isEqualTo("done");
    }
  }

  private void failAlways(TestEngine engine) {
    engine.fake("shaky", () -> fail("try " + tryNumber(engine)));
  }

  private int tryNumber(TestEngine engine) {
    tries.add(engine.now());
    return tries.size();
  }

  private static String fail(String message) throws IOException {
    throw new IOException(message);
  }

  private static String raise(RuntimeException thrown) {
    throw thrown;
  }

  private static String raise(Error thrown) {
    throw thrown;
  }

  private List<Long> pausesMillis() {
    return IntStream.range(1, tries.size())
        .mapToObj(i -> Duration.between(tries.get(i - 1), tries.get(i)).toMillis())
        .toList();
  }
}
