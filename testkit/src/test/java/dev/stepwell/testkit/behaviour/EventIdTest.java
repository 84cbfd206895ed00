package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.OutgoingEvent;
import dev.stepwell.testkit.TestEngine;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventIdTest {

  private static final Story STORY = Story.of((go, _) -> go.text());

  private static OutgoingEvent go(String text) {
    return OutgoingEvent.of(new Go(text)).id("the-id");
  }

  @Test
  void aSecondEventOfTheSameIdIsStoredAndListedAndStartsNothing() {
    try (var engine = TestEngine.with(STORY)) {
      var first = engine.sendAll(go("1"));
      var second = engine.sendAll(go("2"));

      assertThat(first).hasSize(1);
      assertThat(second).isEmpty();
      assertThat(engine.events(Go.class)).containsExactlyInAnyOrder(new Go("1"), new Go("2"));
    }
  }

  @Test
  void twoOfTheSameIdInOneRequestStartOneRun() {
    try (var engine = TestEngine.with(STORY)) {
      assertThat(engine.sendAll(go("1"), go("2"), go("3"))).hasSize(1);
    }
  }

  @Test
  void anIdIsRememberedForADay() {
    try (var engine = TestEngine.with(STORY)) {
      engine.sendAll(go("1"));
      engine.advance(Duration.ofDays(1).minusMillis(1));
      assertThat(engine.sendAll(go("2"))).isEmpty();
    }
  }

  @Test
  void anIdIsFreeAgainAfterADay() {
    try (var engine = TestEngine.with(STORY)) {
      engine.sendAll(go("1"));
      engine.advance(Duration.ofDays(1).plusMillis(1));
      assertThat(engine.sendAll(go("2"))).hasSize(1);
    }
  }

  @Test
  void anIdIsRememberedOverACrash() {
    try (var engine = TestEngine.with(STORY)) {
      engine.sendAll(go("1"));
      engine.crash();
      assertThat(engine.sendAll(go("2"))).isEmpty();
      engine.advance(Duration.ofHours(1));
      engine.crash();
      assertThat(engine.sendAll(go("3"))).isEmpty();
    }
  }

  @Test
  void manyIdsAreRememberedEachByItself() {
    try (var engine = TestEngine.with(STORY)) {
      var events =
          IntStream.range(0, 300)
              .mapToObj(i -> OutgoingEvent.of(new Go("" + i)).id("id-" + i % 100))
              .toArray(OutgoingEvent[]::new);
      assertThat(engine.sendAll(events)).hasSize(100);
    }
  }
}
