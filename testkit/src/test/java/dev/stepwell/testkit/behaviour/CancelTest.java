package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancelTest {

  private static final Duration DAY = Duration.ofDays(1);

  /** What a run does when it is cancelled. */
  enum Doing {
    SLEEPING((_, step) -> {
      step.sleep("sleep", DAY);
      return "awake";
    }),
    NAPPING((_, step) -> {
      step.sleep("nap", Duration.ofSeconds(5));
      return "awake";
    }),
    WAITING((_, step) -> step.waitFor("wait", Answer.class).atMost(DAY).toString()),
    LISTENING((_, step) -> step.waitForSignal("wait", "now", String.class, DAY).toString()),
    RETRYING((_, step) -> step.run("shaky", () -> busy())),
    RETRYING_OWN_CODE((_, _) -> busy()),
    JOINING((_, step) -> step.<String>start("shaky", () -> busy()).join());

    private final Story story;

    Doing(Story.Body body) {
      story = Story.of((go, step) -> body.tell(go, step) + step.run("next", () -> "next"));
    }

    private static String busy() throws IOException {
      throw new IOException("busy");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledRunDoesNothingMore(Doing doing) {
    try (var engine = TestEngine.with(doing.story)) {
      var run = engine.send(Go.GO);
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      run.cancel("enough");
      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
      var executions = engine.executions("shaky");

      engine.sendAll(new Answer("x", 1));
      assertThat(engine.signal("now", "x")).isEmpty();
      engine.advance(Duration.ofDays(2));

      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(run.failure().message()).isEqualTo("enough");
      assertThat(engine.executions("shaky")).isEqualTo(executions);
      assertThat(engine.executions("next")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledRunStaysCancelledAfterACrash(Doing doing) {
    try (var engine = TestEngine.with(doing.story)) {
      var run = engine.send(Go.GO);
      engine.crash();
      run.cancel("enough");
      engine.crash();
      engine.advance(Duration.ofDays(2));

      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(engine.executions("next")).isZero();
      assertThat(engine.runs())
          .extracting(r -> r.view().status())
          .containsExactly(RunStatus.CANCELLED);
    }
  }

  @Test
  void aRunThatHasEndedIsNotCancelled() {
    try (var engine = TestEngine.with(Story.of((_, _) -> "done"))) {
      var run = engine.send(Go.GO);
      run.cancel("too late");

      assertThat(run.outcome(String.class)).isEqualTo("done");
    }
  }

  @Test
  void aStepThatExecutesIsFinishedAndNoOtherBegun() {
    var engine = new AtomicReference<TestEngine>();
    var story =
        Story.of((_, step) -> {
          var id = Ulid.parse(step.info().runId());
          step.run("slow", () -> cancel(engine.get(), id));
          return step.run("next", () -> "next");
        });
    try (var own = TestEngine.with(story)) {
      engine.set(own);
      var run = own.send(Go.GO);

      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(run.steps()).isEmpty();
      assertThat(own.executions("slow")).isEqualTo(1);
      assertThat(own.executions("next")).isZero();
    }
  }

  private static String cancel(TestEngine engine, Ulid run) {
    return engine.engine().cancel(run, "while it executes").toCompletableFuture().join().toString();
  }
}
