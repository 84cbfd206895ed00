package dev.stepwell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.wire.Event;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the index is spared the look for an earlier row, and when it must not be. */
class EventLogIndexTest {

  private final EventLogFixture log = new EventLogFixture();

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void anEventIsAddedIfItsIdWasMadeAsItWasAccepted() {
    accept(Samples.event(1));

    assertThat(log.index.added).containsExactly(Samples.event(1));
  }

  @Test
  void anEventThatComesAgainWhenItsOriginalIsForgottenReplacesItsRow() {
    accept(Samples.event(1));
    log.nextStarts(EventLogFixture.FUNCTIONS.size()).forEach(EventLogFixture.Start::settle);
    // Long enough for the log to be done with it, and to have forgotten it.
    log.advance(Duration.ofSeconds(1));
    var again = later(Samples.event(1), 1_000);

    accept(again);

    assertThat(log.index.added).doesNotContain(again);
  }

  @Test
  void anEventThatAnEarlierLifeMayHavePutReplacesItsRow() {
    accept(Samples.event(1));
    log.crash();

    log.nextStarts(EventLogFixture.FUNCTIONS.size());
    log.sync();

    assertThat(log.index.added).isEmpty();
  }

  private void accept(Event event) {
    log.append(event);
    await().until(() -> log.row(event).filter(row -> row.event().equals(event)).isPresent());
  }

  private static Event later(Event event, long millis) {
    return new Event(
        event.id(),
        event.userId(),
        event.name(),
        event.tsMillis(),
        event.receivedAtMillis() + millis,
        event.data(),
        event.user(),
        event.version());
  }
}
