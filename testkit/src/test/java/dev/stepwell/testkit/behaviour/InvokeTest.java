package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.NonRetryableException;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InvokeTest {

  record Root(int value) {}

  record Square(int value) {}

  /** Takes an hour. */
  static final class Squares implements DurableFunction<Root, Square> {
    @Override
    public FunctionSpec<Root> spec() {
      return FunctionSpec.onEvents("squares", Root.class, "test/number");
    }

    @Override
    public Square run(Root root, Steps step) {
      step.sleep("think", Duration.ofHours(1));
      if (root.value() < 0) {
        throw new NonRetryableException("negative");
      }
      return step.run("square", () -> new Square(root.value() * root.value()));
    }
  }

  private static final Story ASKS =
      Story.of((go, step) -> {
        try {
          var root = new Root(Integer.parseInt(go.text()));
          var square = step.invoke("square-it", Squares.class, root, Duration.ofHours(2));
          return "is " + square.value();
        } catch (StepFailedException e) {
          return "failed: " + e.lastError();
        }
      });

  private final TestEngine engine = TestEngine.with(ASKS, new Squares());

  @Test
  void itReturnsWhatTheOtherRunReturned() {
    try (engine) {
      var run = engine.send(new Go("7"));
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      engine.advance(Duration.ofHours(1));

      assertThat(run.outcome(String.class)).isEqualTo("is 49");
      assertThat(engine.run("squares").outcome(Square.class)).isEqualTo(new Square(49));
    }
  }

  @Test
  void itFailsIfTheOtherRunFails() {
    try (engine) {
      var run = engine.send(new Go("-7"));
      engine.advance(Duration.ofHours(1));

      assertThat(run.outcome(String.class)).isEqualTo("failed: negative");
    }
  }

  @Test
  void itFailsIfTheOtherRunIsCancelled() {
    try (engine) {
      var run = engine.send(new Go("7"));
      engine.run("squares").cancel("enough");

      assertThat(run.outcome(String.class)).isEqualTo("failed: the run was cancelled: enough");
    }
  }

  @Test
  void itFailsIfTheOtherRunTakesTooLongWhichGoesOnAllTheSame() {
    var hasty =
        Story.of(
            "hasty",
            (_, step) -> {
              try {
                step.invoke("square-it", Squares.class, new Root(7), Duration.ofMinutes(59));
                return "too early";
              } catch (StepFailedException e) {
                return e.lastError();
              }
            });
    try (var own = TestEngine.with(hasty, new Squares())) {
      var run = own.send(Go.GO);
      own.advance(Duration.ofMinutes(59));
      assertThat(run.outcome(String.class)).contains("Timed out");

      own.advance(Duration.ofMinutes(1));
      assertThat(own.run("squares").outcome(Square.class)).isEqualTo(new Square(49));
    }
  }

  @Test
  void theOtherRunGoesOnIfThisOneIsCancelled() {
    try (engine) {
      var run = engine.send(new Go("7"));
      run.cancel("enough");
      engine.advance(Duration.ofHours(1));

      assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(engine.run("squares").status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void crashesStartTheOtherRunOnce() {
    try (engine) {
      var run = engine.send(new Go("7"));
      engine.crash();
      engine.advance(Duration.ofMinutes(30));
      engine.crash();
      engine.advance(Duration.ofMinutes(30));

      assertThat(run.outcome(String.class)).isEqualTo("is 49");
      assertThat(engine.runs("squares")).hasSize(1);
    }
  }

  @Test
  void invokingAFunctionThatIsNotThereFailsTheRun() {
    try (var own = TestEngine.with(ASKS.retries(0))) {
      var run = own.send(new Go("7"));

      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.failure().message()).contains("Squares");
    }
  }
}
