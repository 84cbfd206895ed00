package dev.stepwell.engine.wire;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCodecTest {

  private static final Event BARE =
      new Event(
          Ulid.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
          Optional.empty(),
          "order/placed",
          1_767_258_000_000L,
          1_767_258_000_123L,
          Json.of("{\"orderId\":\"o-1\"}"),
          Optional.empty(),
          Optional.empty());

  private static final Event FULL =
      new Event(
          Ulid.parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"),
          Optional.of("user-\u00E4\uD83D\uDC4D"),
          "\u6F22/\u00FC",
          -1,
          Long.MAX_VALUE,
          Json.EMPTY_OBJECT,
          Optional.of(Json.of("{\"name\":\"J\u00F6rg\"}")),
          Optional.of("2026-01-01.1"));

  @Test
  void anEventKeepsItsForm() {
    Golden.assertKept(EventCodec.INSTANCE, "event/bare-v1.hex", BARE);
    Golden.assertKept(EventCodec.INSTANCE, "event/full-v1.hex", FULL);
  }

  @Test
  void corruptBytesAreSeen() {
    var random = new Random(3);
    Golden.assertCorruptionIsSeen(EventCodec.INSTANCE, BARE, random);
    Golden.assertCorruptionIsSeen(EventCodec.INSTANCE, FULL, random);
  }

  @Test
  void anUnknownVersionIsRefused() {
    var bytes = EventCodec.INSTANCE.encode(BARE);
    bytes[0] = 2;
    assertThatIllegalStateException()
        .isThrownBy(() -> EventCodec.INSTANCE.decode(bytes))
        .withMessageContaining("2");
  }
}
