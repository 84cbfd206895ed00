package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run has done steps a and b and sleeps; then the code is another. */
class ChangedCodeTest {

  private static final Duration DAY = Duration.ofDays(1);

  private static final Story BEFORE =
      Story.of((_, step) -> {
        var a = step.run("a", () -> "a");
        var b = step.run("b", () -> "b");
        step.sleep("day", DAY);
        return a + b + step.run("c", () -> "c");
      });

  /** What has become of the code, how the run ends on it, and what warnings name. */
  enum Change {
    NONE(RunStatus.COMPLETED, "", BEFORE.body()),

    STEP_INSERTED_AT_THE_BEGINNING(
        RunStatus.COMPLETED,
        "a b day",
        (go, step) -> step.run("new", () -> "new") + BEFORE.body().tell(go, step)),

    STEP_INSERTED_IN_THE_MIDDLE(
        RunStatus.COMPLETED,
        "b day",
        (_, step) -> {
          step.run("a", () -> "a");
          step.run("new", () -> "new");
          step.run("b", () -> "b");
          step.sleep("day", DAY);
          return step.run("c", () -> "c");
        }),

    STEP_REMOVED(
        RunStatus.COMPLETED,
        "b",
        (_, step) -> {
          step.run("a", () -> "a");
          step.sleep("day", DAY);
          return step.run("c", () -> "c");
        }),

    STEP_RENAMED(
        RunStatus.COMPLETED,
        "b day",
        (_, step) -> {
          step.run("a", () -> "a");
          step.run("b2", () -> "b");
          step.sleep("day", DAY);
          return step.run("c", () -> "c");
        }),

    STEPS_REORDERED(
        RunStatus.COMPLETED,
        "",
        (_, step) -> {
          step.run("b", () -> "b");
          step.run("a", () -> "a");
          step.sleep("day", DAY);
          return step.run("c", () -> "c");
        }),

    SLEEP_REMOVED(
        RunStatus.COMPLETED,
        "day",
        (_, step) -> {
          step.run("a", () -> "a");
          step.run("b", () -> "b");
          return step.run("c", () -> "c");
        }),

    SLEEP_RENAMED_AND_BEGUN_ANEW(
        RunStatus.COMPLETED,
        "day",
        (_, step) -> {
          step.run("a", () -> "a");
          step.run("b", () -> "b");
          step.sleep("other-day", DAY);
          return step.run("c", () -> "c");
        }),

    EVERYTHING_REMOVED(RunStatus.COMPLETED, "a b day", (_, _) -> "nothing"),

    FORK_INSTEAD_OF_RUN(
        RunStatus.COMPLETED,
        "",
        (_, step) -> {
          var a = step.start("a", () -> "a");
          var b = step.start("b", () -> "b");
          step.sleep("day", DAY);
          return a.join() + b.join() + step.run("c", () -> "c");
        }),

    RUN_THAT_IS_A_SLEEP_NOW(
        RunStatus.FAILED,
        "",
        (_, step) -> {
          step.sleep("a", DAY);
          return "unreachable";
        }),

    RUN_THAT_IS_A_WAIT_NOW(
        RunStatus.FAILED, "", (_, step) -> step.waitFor("a", Answer.class).atMost(DAY).toString()),

    SLEEP_THAT_IS_A_RUN_NOW(
        RunStatus.FAILED,
        "",
        (_, step) ->
            step.run("a", () -> "a") + step.run("b", () -> "b") + step.run("day", () -> "")),

    SLEEP_THAT_IS_A_FORK_NOW(RunStatus.FAILED, "", (_, step) -> step.start("day", () -> "").join()),

    SLEEP_THAT_IS_A_WAIT_NOW(
        RunStatus.FAILED,
        "",
        (_, step) -> step.waitFor("day", Answer.class).atMost(DAY).toString()),

    RESULT_OF_ANOTHER_TYPE(
        RunStatus.FAILED, "", (_, step) -> String.valueOf(step.run("a", () -> 1)));

    private final RunStatus end;
    private final String warned;
    private final Story after;

    Change(RunStatus end, String warned, Story.Body after) {
      this.end = end;
      this.warned = warned;
      this.after = Story.of(after);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunOnChangedCodeEndsAndSaysWhatItMissed(Change change) {
    try (var engine = TestEngine.with(BEFORE)) {
      var run = engine.send(Go.GO);
      engine.deploy(change.after);
      engine.advance(Duration.ofDays(2));

      assertThat(run.status()).as(() -> run.view().toString()).isEqualTo(change.end);
      assertThat(engine.executions("a")).isEqualTo(1);
      assertThat(engine.executions("b")).isEqualTo(1);
      assertThat(engine.executions("c")).isLessThanOrEqualTo(1);
      var named = run.view().warnings().stream().map(w -> w.replaceAll(".*step '(.*)' is.*", "$1"));
      assertThat(named)
          .containsExactlyInAnyOrder(
              change.warned.isEmpty() ? new String[0] : change.warned.split(" "));
      if (change.end == RunStatus.FAILED) {
        assertThat(run.failure().message()).containsAnyOf("code has changed", "does not fit");
      }
    }
  }

  @Test
  void aRunWhoseFunctionIsGoneForAMinuteGoesOnWhenItIsBack() {
    try (var engine = TestEngine.with(BEFORE)) {
      var run = engine.send(Go.GO);
      engine.deploy(Story.of("another", (_, _) -> ""));
      engine.advance(Duration.ofMinutes(1));
      assertThat(run.view().failure().orElseThrow().message())
          .isEqualTo("function 'story' is not registered on this node");
      engine.deploy(BEFORE);
      engine.advance(DAY);

      assertThat(run.outcome(String.class)).isEqualTo("abc");
    }
  }

  @Test
  void ownCodeThatThrowsBeforeItHasPassedTheRecordIsNotTakenForChanged() {
    var lives = new AtomicInteger();
    var story =
        Story.of((_, step) -> {
          step.run("a", () -> "a");
          if (lives.incrementAndGet() == 2) {
            throw new IOException("a bad moment");
          }
          step.run("b", () -> "b");
          step.sleep("day", DAY);
          return "done";
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.advance(DAY.plusMinutes(1));

      assertThat(run.outcome(String.class)).isEqualTo("done");
      assertThat(run.view().warnings()).isEmpty();
    }
  }
}
