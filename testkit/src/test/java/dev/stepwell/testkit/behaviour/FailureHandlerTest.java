package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.DurableFunction;
import dev.stepwell.FailedRun;
import dev.stepwell.FunctionSpec;
import dev.stepwell.NonRetryableException;
import dev.stepwell.Steps;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FailureHandlerTest {

  /** Does what its event says: fails, or sleeps for a day. */
  private static final class Fragile implements DurableFunction<Go, String> {
    private final List<FailedRun<Go>> handled = new CopyOnWriteArrayList<>();

    @Override
    public FunctionSpec<Go> spec() {
      return FunctionSpec.onEvent("fragile", Go.class).retries(1);
    }

    @Override
    public String run(Go go, Steps step) throws Exception {
      if (go.text().equals("fail")) {
        throw new IOException("broken");
      }
      step.sleep("day", Duration.ofDays(1));
      return "whole";
    }

    @Override
    public void onFailure(FailedRun<Go> failed, Steps step) {
      step.sleep("calm-down", Duration.ofHours(1));
      step.run(
          "note",
          () -> {
            handled.add(failed);
          });
    }
  }

  private final Fragile fragile = new Fragile();
  private final TestEngine engine = TestEngine.with(fragile);

  @Test
  void itIsCalledOnceARunHasFailedForGood() {
    try (engine) {
      var run = engine.send(new Go("fail"));
      assertThat(engine.runs("fragile-failure")).isEmpty();
      engine.advance(Duration.ofSeconds(15));
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(engine.runs("fragile-failure")).hasSize(1);
      engine.crash();
      engine.advance(Duration.ofHours(1));

      assertThat(fragile.handled)
          .containsExactly(
              new FailedRun<>(run.id().toString(), new Go("fail"), "IOException", "broken"));
    }
  }

  @Test
  void itIsNotCalledForARunThatCompleted() {
    try (engine) {
      engine.send(new Go("sleep"));
      engine.advance(Duration.ofDays(2));

      assertThat(engine.runs("fragile-failure")).isEmpty();
    }
  }

  @Test
  void itIsNotCalledForARunThatWasCancelled() {
    try (engine) {
      engine.send(new Go("sleep")).cancel("enough");
      engine.advance(Duration.ofDays(2));

      assertThat(engine.runs("fragile-failure")).isEmpty();
    }
  }

  @Test
  void itsOwnFailureIsNotHandledAgain() {
    try (engine) {
      engine.fake(
          "note",
          () -> {
            throw new NonRetryableException("this too");
          });
      engine.send(new Go("fail"));
      engine.advance(Duration.ofDays(1));

      assertThat(engine.run("fragile-failure").status()).isEqualTo(RunStatus.FAILED);
      assertThat(engine.runs()).hasSize(2);
    }
  }
}
