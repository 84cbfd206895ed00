package dev.stepwell.cassandra.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private static final UUID OTHER = new UUID(1, 1);

  private final Silence silence = new Silence();

  @Test
  void silenceIsCountedFromWhenACounterWasFirstSeen() {
    silence.saw(OTHER, 7, 1_000);
    silence.saw(OTHER, 7, 2_000);
    assertThat(silence.nanos(OTHER, 3_000)).hasValue(2_000);

    silence.saw(OTHER, 8, 4_000);
    assertThat(silence.nanos(OTHER, 4_500)).hasValue(500);
    assertThat(silence.counter(OTHER)).hasValue(8);
  }

  @Test
  void ofAStrangerNothingIsKnown() {
    assertThat(silence.nanos(OTHER, 1)).isEmpty();
    assertThat(silence.counter(OTHER)).isEmpty();
    assertThat(silence.isGone(OTHER)).isFalse();
  }

  @Test
  void whoIsGoneStaysGone() {
    silence.saw(OTHER, 7, 1_000);
    silence.sawGone(OTHER);
    silence.saw(OTHER, 7, 2_000);

    assertThat(silence.isGone(OTHER)).isTrue();
    assertThat(silence.counter(OTHER)).isEmpty();
  }

  @Test
  void noMoreAreRememberedThanAClusterCanLose() {
    for (var i = 0; i < 10_000; i++) {
      silence.sawGone(new UUID(0, i));
    }
    assertThat(silence.isGone(new UUID(0, 9_999))).isTrue();
    assertThat(silence.isGone(new UUID(0, 1))).isFalse();
  }

  @Test
  void aLeaseIsTrustedFromBeforeItsRenewalWasSentUntilAMarginBeforeItsEnd() {
    // Such a clock begins anywhere, and may overflow.
    var start = Math.negateExact(Long.MIN_VALUE + 100);
    var validity = new Validity(Duration.ofNanos(4_000), Duration.ofNanos(500), start);
    assertThat(validity.holds(start + 3_499)).isTrue();
    assertThat(validity.holds(start + 3_500)).isFalse();

    var renewed = start + 1_000;
    validity.renewed(renewed);
    assertThat(validity.holds(renewed + 3_499)).isTrue();
    validity.end();
    assertThat(validity.holds(renewed)).isFalse();
    validity.renewed(renewed + 100);
    assertThat(validity.holds(renewed + 100)).isFalse();
  }
}
