package dev.stepwell.engine.event;

import static dev.stepwell.engine.event.Samples.HOUR;
import static dev.stepwell.engine.event.Samples.NOON;
import static dev.stepwell.engine.event.Samples.event;
import static dev.stepwell.engine.event.Samples.ulid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.event.EventLogRules.Request;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventLogRulesTest {

  private static final long CLOSED = NOON - HOUR;
  private static final List<String> FUNCTIONS = List.of("ship", "bill");

  @Test
  void anEventStartsTheFunctionsThatAreSubscribedNow() {
    assertThat(accept(event(1)))
        .containsExactly(new Entry(event(1), FUNCTIONS, Optional.empty(), false));
  }

  @Test
  void whatCountsAsReceivedBeforeTheLogWasClosedIsReceivedNow() {
    var late = event(1).receivedAt(CLOSED - 1);
    var inTime = event(2).receivedAt(CLOSED);

    assertThat(accept(late, inTime))
        .extracting(Entry::event)
        .containsExactly(late.receivedAt(NOON), inTime);
  }

  @Test
  void eventsKeepTheirOrder() {
    assertThat(accept(event(3), event(1), event(2)))
        .extracting(Entry::event)
        .containsExactly(event(3), event(1), event(2));
  }

  @Test
  void anEventThatIsThereAlreadyIsNotTakenAgain() {
    var state = EventLogState.EMPTY.apply(new EventLogFact.Accepted(accept(event(1))));

    assertThat(accept(state, Map.of(), request(event(1), event(2))))
        .extracting(Entry::event)
        .containsExactly(event(2));
  }

  @Test
  void anEventThatComesTwiceAtOnceIsTakenOnce() {
    assertThat(accept(event(1), event(1))).hasSize(1);
    assertThat(accept(EventLogState.EMPTY, Map.of(), request(event(1)), request(event(1))))
        .hasSize(1);
  }

  @Test
  void aUserIdThatWasSeenStartsNothing() {
    var repeat = event(2, "order-1");
    assertThat(accept(EventLogState.EMPTY, Map.of("order-1", ulid(1)), request(repeat)))
        .containsExactly(new Entry(repeat, List.of(), Optional.of(ulid(1)), false));
  }

  @Test
  void ofEventsWithOneUserIdTheFirstCounts() {
    assertThat(accept(event(1, "a"), event(2, "b"), event(3, "a")))
        .extracting(Entry::repeatOf)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of(ulid(1)));
  }

  @Test
  void ofRequestsWithOneUserIdThatAreStoredTogetherTheFirstCounts() {
    assertThat(
            accept(
                EventLogState.EMPTY,
                Map.of(),
                request(event(1, "a")),
                request(event(2, "a")),
                request(event(3, "a"))))
        .extracting(Entry::repeatOf)
        .containsExactly(Optional.empty(), Optional.of(ulid(1)), Optional.of(ulid(1)));
  }

  @Test
  void aRequestThatComesAgainIsNoRepeatOfItself() {
    var event = event(1, "order-1");
    assertThat(accept(EventLogState.EMPTY, Map.of("order-1", event.id()), request(event)))
        .containsExactly(new Entry(event, FUNCTIONS, Optional.empty(), false));
  }

  @Test
  void anEventOfMoreThanASecondAheadIsParked() {
    assertThat(accept(event(1, Optional.empty(), NOON + 1_000)).getFirst().parked()).isFalse();
    assertThat(accept(event(1, Optional.empty(), NOON + 1_001)).getFirst().parked()).isTrue();
    assertThat(accept(event(1, Optional.empty(), 0)).getFirst().parked()).isFalse();
  }

  @Test
  void aRepeatIsNotParked() {
    var repeat = event(2, Optional.of("a"), NOON + Samples.HOUR);
    assertThat(accept(EventLogState.EMPTY, Map.of("a", ulid(1)), request(repeat)))
        .extracting(Entry::parked)
        .containsExactly(false);
  }

  @Test
  void eachRequestSaysWhomItsEventsStart() {
    var one = new Request(List.of(event(1)), _ -> List.of("pack"));

    assertThat(accept(EventLogState.EMPTY, Map.of(), one, request(event(2))))
        .extracting(Entry::functions)
        .containsExactly(List.of("pack"), FUNCTIONS);
  }

  private static List<Entry> accept(Event... events) {
    return accept(EventLogState.EMPTY, Map.of(), request(events));
  }

  private static List<Entry> accept(
      EventLogState state, Map<String, Ulid> seen, Request... requests) {
    return EventLogRules.accept(state, Arrays.asList(requests), seen, CLOSED, NOON);
  }

  private static Request request(Event... events) {
    return new Request(List.of(events), _ -> FUNCTIONS);
  }
}
