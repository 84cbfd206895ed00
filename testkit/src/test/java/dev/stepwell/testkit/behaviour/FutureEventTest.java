package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.OutgoingEvent;
import dev.stepwell.testkit.TestEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FutureEventTest {

  private static final Story STORY = Story.of((go, step) -> go.text() + step.event().ts());

  private final TestEngine engine = TestEngine.with(STORY);
  private final OutgoingEvent tomorrow =
      OutgoingEvent.of(Go.GO).ts(engine.now().plus(Duration.ofDays(1)));

  @Test
  void anEventFromTheFutureStartsItsRunsThenAndNotBefore() {
    try (engine) {
      assertThat(engine.sendAll(tomorrow)).isEmpty();
      engine.advance(Duration.ofDays(1).minusMillis(1));
      assertThat(engine.runs()).isEmpty();
      engine.advance(Duration.ofMillis(1));

      assertThat(engine.run("story").outcome(String.class)).isEqualTo("go2026-01-02T00:00:00Z");
    }
  }

  @Test
  void aCrashDoesNotLoseIt() {
    try (engine) {
      engine.sendAll(tomorrow);
      engine.crash();
      engine.advance(Duration.ofDays(1));
      engine.crash();

      assertThat(engine.runs()).hasSize(1);
    }
  }

  @Test
  void anEventFromThePastStartsItsRunsAtOnce() {
    try (engine) {
      var past = OutgoingEvent.of(Go.GO).ts(engine.now().minus(Duration.ofDays(1)));
      assertThat(engine.send(past).outcome(String.class)).isEqualTo("go2025-12-31T00:00:00Z");
    }
  }

  @Test
  void itStartsTheFunctionsThatWereThereWhenItWasAccepted() {
    try (engine) {
      engine.sendAll(tomorrow);
      engine.deploy(STORY, Story.of("newcomer", (go, _) -> go.text()));
      engine.advance(Duration.ofDays(1));

      assertThat(engine.runs()).hasSize(1);
      assertThat(engine.runs("story")).hasSize(1);
    }
  }
}
