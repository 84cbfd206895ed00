package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.NonRetryableException;
import dev.stepwell.StepFailedException;
import dev.stepwell.testkit.TestEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {

  private static final Duration DAY = Duration.ofDays(1);

  private static final Story STORY =
      Story.of((_, step) -> {
        var fork = step.start("fork", () -> "f");
        var a = step.run("a", () -> "a");
        step.sleep("day", DAY);
        var answer = step.waitFor("answer", Answer.class).where(Answer::about).is("x").atMost(DAY);
        var given = answer.map(Answer::number).orElse(0);
        step.send("tell", new Answer("y", given));
        try {
          return a + step.run("bad", () -> never());
        } catch (StepFailedException e) {
          return a + fork.join() + given + e.lastError();
        }
      });

  private static String never() {
    throw new NonRetryableException("never");
  }

  @Test
  void aFunctionThatHasNotChangedDoesTheSameWhereverTheRunStands() {
    try (var engine = TestEngine.with(STORY)) {
      var run = engine.send(Go.GO);
      engine.replay(run);
      engine.advance(DAY);
      engine.replay(run);
      engine.sendAll(new Answer("x", 7));
      assertThat(run.outcome(String.class)).isEqualTo("af7never");
      engine.replay(run);

      assertThat(engine.executions("a")).isEqualTo(1);
      assertThat(engine.executions("bad")).isEqualTo(1);
    }
  }

  @Test
  void aRunThatFailedFailsAgainInTheSameWay() {
    var story = Story.of((_, step) -> step.run("bad", () -> never()));
    try (var engine = TestEngine.with(story)) {
      engine.replay(engine.send(Go.GO));
    }
  }

  @Test
  void aRunThatWasCancelledMayHaveMoreToDo() {
    try (var engine = TestEngine.with(STORY)) {
      var run = engine.send(Go.GO);
      run.cancel("enough");
      assertThatCode(() -> engine.replay(run)).doesNotThrowAnyException();
    }
  }

  /** What has become of the code of a completed run, and how that is told. */
  enum Change {
    MISSING(
        "the code returned, but has not come to step 'b'", (_, step) -> step.run("a", () -> "a")),
    NEW(
        "goes on to step 'new', which is not recorded; the run had completed",
        (_, step) -> step.run("a", () -> "") + step.run("b", () -> "") + step.run("new", () -> "")),
    INSERTED(
        "the code came to step 'new', which is not recorded, but has not come to step 'b'",
        (_, step) -> step.run("a", () -> "") + step.run("new", () -> "") + step.run("b", () -> "")),
    REORDERED(
        "step 'a' comes after step 'b' now",
        (_, step) -> step.run("b", () -> "b") + step.run("a", () -> "a")),
    OF_ANOTHER_KIND(
        "step 'a' is SLEEP now, but is recorded as RUN",
        (_, step) -> {
          step.sleep("a", DAY);
          return step.run("b", () -> "b");
        }),
    ANOTHER_OUTCOME(
        "the code returned \"ba\", but the run had returned \"ab\"",
        (_, step) -> {
          var a = step.run("a", () -> "a");
          return step.run("b", () -> "b") + a;
        }),
    FAILING(
        "the code threw java.lang.IllegalStateException: oh, but the run had completed",
        (_, step) -> {
          step.run("a", () -> "a");
          step.run("b", () -> "b");
          throw new IllegalStateException("oh");
        });

    private final String told;
    private final Story after;

    Change(String told, Story.Body after) {
      this.told = told;
      this.after = Story.of(after);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangeIsToldAtTheFirstStepThatDiffers(Change change) {
    var before = Story.of((_, step) -> step.run("a", () -> "a") + step.run("b", () -> "b"));
    try (var engine = TestEngine.with(before)) {
      var run = engine.send(Go.GO);
      engine.deploy(change.after);

      assertThatThrownBy(() -> engine.replay(run))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(change.told)
          .hasMessageContaining("COMPLETED RUN a");
      assertThat(engine.executions("new")).isZero();
    }
  }

  @Test
  void aWaitForSomethingElseIsToldToo() {
    var before = Story.of((_, step) -> step.waitFor("w", Answer.class).atMost(DAY).toString());
    var after =
        Story.of((_, step) ->
            step.waitFor("w", Answer.class).where(Answer::about).is("x").atMost(DAY).toString());
    try (var engine = TestEngine.with(before)) {
      var run = engine.send(Go.GO);
      engine.deploy(after);

      assertThatThrownBy(() -> engine.replay(run))
          .hasMessageContaining("step 'w' waits for test/answer where data.about ==")
          .hasMessageContaining("but is recorded as waiting for test/answer");
    }
  }
}
