package dev.stepwell.engine.event;

import static dev.stepwell.engine.event.Samples.NOON;
import static dev.stepwell.engine.event.Samples.event;
import static dev.stepwell.engine.event.Samples.ulid;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.wire.Golden;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was once written is read for ever. */
class EventLogCodecTest {

  private static final Entry STARTS_TWO = Samples.entry(1, "ship", "bill");
  private static final Entry REPEAT =
      new Entry(event(2, "order-1"), List.of(), Optional.of(ulid(1)), false);
  private static final Entry PARKED =
      new Entry(
          event(3, Optional.empty(), NOON + Samples.HOUR), List.of("ship"), Optional.empty(), true);

  /** Never changed, only added to. */
  private static final Map<String, EventLogFact> GOLDEN =
      Map.of(
          "accepted-v1",
          new EventLogFact.Accepted(List.of(STARTS_TWO, REPEAT, PARKED)),
          "accepted-nothing-v1",
          new EventLogFact.Accepted(List.of()),
          "forgotten-v1",
          new EventLogFact.Forgotten(List.of(ulid(1), ulid(2))));

  @Test
  void everyFactKeepsItsForm() {
    GOLDEN.forEach((file, fact) ->
        Golden.assertKept(EventLogCodec.INSTANCE, "event-log-fact/" + file + ".hex", fact));
  }

  @Test
  void everyKindOfFactHasASample() {
    Golden.assertComplete(EventLogFact.class, GOLDEN.values());
  }

  @Test
  void aSnapshotKeepsItsForm() {
    var state =
        EventLogState.EMPTY
            .apply(new EventLogFact.Accepted(List.of(STARTS_TWO, REPEAT)))
            .apply(new EventLogFact.Forgotten(List.of(REPEAT.event().id())));
    Golden.assertKept(EventLogCodec.STATE, "event-log-state/one-v1.hex", state);
    Golden.assertKept(EventLogCodec.STATE, "event-log-state/empty-v1.hex", EventLogState.EMPTY);
  }

  @Test
  void corruptBytesAreSeen() {
    var random = new Random(6);
    GOLDEN
        .values()
        .forEach(fact -> Golden.assertCorruptionIsSeen(EventLogCodec.INSTANCE, fact, random));
    Golden.assertCorruptionIsSeen(
        EventLogCodec.STATE,
        EventLogState.EMPTY.apply(new EventLogFact.Accepted(List.of(PARKED))),
        random);
  }

  @Test
  void anUnknownKindOrVersionIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> EventLogCodec.INSTANCE.decode(new byte[] {3, 0}))
        .withMessageContaining("3");
    assertThatIllegalStateException()
        .isThrownBy(() -> EventLogCodec.STATE.decode(new byte[] {2, 0}))
        .withMessageContaining("2");
  }
}
