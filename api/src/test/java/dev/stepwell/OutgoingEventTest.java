package dev.stepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutgoingEventTest {

  @EventName("order/placed")
  record OrderPlaced(String orderId) {}

  @EventName("inngest/function.failed")
  record FunctionFailed() {}

  record User(String id) {}

  private static final OrderPlaced ORDER = new OrderPlaced("o-1");

  @Test
  void carriesWhatItWasGivenAndNothingElse() {
    var ts = Instant.parse("2030-01-01T00:00:00Z");

    var event = OutgoingEvent.of(ORDER).id("o-1").ts(ts).user(new User("u-1"));

    assertThat(event)
        .isEqualTo(
            new OutgoingEvent(
                ORDER, Optional.of("o-1"), Optional.of(ts), Optional.of(new User("u-1"))));
    assertThat(OutgoingEvent.of(ORDER))
        .isEqualTo(new OutgoingEvent(ORDER, Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(event.name()).isEqualTo("order/placed");
  }

  @Test
  void isNotWrappedTwice() {
    var event = OutgoingEvent.of(ORDER).id("o-1");

    assertThat(OutgoingEvent.of(event)).isSameAs(event);
    assertThatThrownBy(
            () -> new OutgoingEvent(event, Optional.empty(), Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasAName() {
    assertThatThrownBy(() -> OutgoingEvent.of(new User("u-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no @EventName");
  }

  @Test
  void hasNoReservedNameNotEvenOneThatMayBeListenedTo() {
    assertThatThrownBy(() -> OutgoingEvent.of(new FunctionFailed()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be sent");
  }

  @Test
  void hasAnIdOfOneTo255Characters() {
    var event = OutgoingEvent.of(ORDER);

    assertThat(event.id("x".repeat(255)).id()).isPresent();
    for (var wrong : new String[] {"", " ", "x".repeat(256), "half \uD83D"}) {
      assertThatThrownBy(() -> event.id(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void happenedBetween1980And2100() {
    var event = OutgoingEvent.of(ORDER);

    assertThat(event.ts(Instant.parse("1980-01-01T00:00:00Z")).ts()).isPresent();
    assertThat(event.ts(Instant.parse("2099-12-31T23:59:59.999Z")).ts()).isPresent();
    for (var wrong : new String[] {"1979-12-31T23:59:59.999Z", "2100-01-01T00:00:00Z"}) {
      assertThatThrownBy(() -> event.ts(Instant.parse(wrong))).hasMessageContaining("was " + wrong);
    }
  }
}
