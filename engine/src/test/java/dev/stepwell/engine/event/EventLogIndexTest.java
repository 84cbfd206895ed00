package dev.stepwell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A partition asks no more of the index than it takes, and spares it the look for an earlier row
 * where there can be none.
 */
class EventLogIndexTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

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
    log.advance(EventLogDesk.FORGET_WITHIN);
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

  @Test
  void whatComesWhileAPutIsUnderWayIsPutTogetherAfterIt() {
    log.index.hold();
    log.append(Samples.event(1));
    await().until(() -> log.index.held() == 1);
    log.append(Samples.event(2));
    log.append(Samples.event(3), Samples.event(4));
    log.sync();
    assertThat(log.index.puts).containsExactly(1);

    log.index.letGo();

    await().until(() -> log.row(Samples.event(4)).isPresent());
    assertThat(log.index.puts).containsExactly(1, 3);
  }

  @Test
  void eventsThatAreLargeTogetherArePutInPieces() {
    log.bytesMax = 100_000_000;
    log.crash();
    var events = LongStream.rangeClosed(1, 5).mapToObj(EventLogIndexTest::large);
    log.append(events.toArray(Event[]::new));

    await().until(() -> log.row(large(5)).isPresent());
    assertThat(log.index.puts).containsExactly(2, 2, 1);
  }

  @Test
  void whatCouldNotBePutIsPutAgainAfterPausesThatGrow() {
    log.index.failNext(3);
    log.append(Samples.event(1));
    var puts = 1;
    for (var pause : new int[] {1, 2, 4}) {
      log.awaitPuts(puts);
      for (var i = 1; i < pause; i++) {
        log.advance(SECOND);
      }
      log.advance(SECOND.minusMillis(1));
      assertThat(log.index.puts).hasSize(puts);
      log.advance(Duration.ofMillis(1));
      puts++;
    }
    await().until(() -> log.row(Samples.event(1)).isPresent());
  }

  @Test
  void noMoreIsTakenInThanTheIndexTakesThoughRunsSettle() {
    log.bytesMax = 4_000;
    log.crash();
    log.index.hold();
    log.append(Samples.event(1), Samples.event(2));
    log.nextStarts(4).forEach(EventLogFixture.Start::settle);

    assertThat(log.ask(Samples.event(3)).receiveMessage()).isEqualTo(new EventLog.Appended(true));

    log.index.letGo();
    await().until(() -> log.row(Samples.event(2)).isPresent());
    log.sync();
    log.append(Samples.event(3));
  }

  @Test
  void eventsOfMoreNamesThanAreRememberedAllGetThere() {
    var events = new ArrayList<Event>();
    for (var number = 1; number <= EventPaths.NAMES_MAX + 1_000; number++) {
      var name = "order/" + number;
      events.add(Samples.named(number, name));
      log.paths.put(name, Set.of());
    }
    log.append(events.toArray(Event[]::new));

    await().untilAsserted(() -> assertThat(events).allMatch(event -> log.row(event).isPresent()));
  }

  private static Event large(long number) {
    var small = Samples.event(number);
    return new Event(
        small.id(),
        small.userId(),
        small.name(),
        small.tsMillis(),
        small.receivedAtMillis(),
        Json.of("{\"text\":\"" + "x".repeat(100_000) + "\"}"),
        small.user(),
        small.version());
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
