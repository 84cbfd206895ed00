package dev.stepwell.engine.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutstandingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Outstanding<String> outstanding = new Outstanding<>();

  @Test
  void everyWakeUpHasATokenOfItsOwn() {
    var tokens = new HashSet<Long>();
    for (var i = 0; i < 1_000; i++) {
      assertThat(tokens.add(outstanding.add("same", NOON))).isTrue();
    }
    assertThat(outstanding.size()).isEqualTo(1_000);
  }

  @Test
  void tokensOfAnEarlierLifeNameNothing() {
    var earlier = outstanding.add("a", NOON);
    var next = new Outstanding<String>();
    next.add("b", NOON);

    assertThat(next.settled(earlier)).isEmpty();
    assertThat(next.size()).isEqualTo(1);
  }

  @Test
  void whatHasSettledIsForgottenOnce() {
    var token = outstanding.add("a", NOON);

    assertThat(outstanding.settled(token)).contains("a");
    assertThat(outstanding.settled(token)).isEmpty();
    assertThat(outstanding.isEmpty()).isTrue();
  }

  @Test
  void aRepeatIsDueAfterASecondThenAfterTwiceThePauseUpToFifteenSeconds() {
    outstanding.add("a", NOON);
    var repeats = new ArrayList<Long>();
    for (var second = 0; second <= 70; second++) {
      var at = second;
      outstanding.repeat(NOON.plusSeconds(second), (_, _) -> repeats.add((long) at));
    }
    assertThat(repeats).containsExactly(1L, 3L, 7L, 15L, 30L, 45L, 60L);
  }

  @Test
  void aRepeatCarriesTheSameTokenAndWhatIsOldestComesFirst() {
    var first = outstanding.add("first", NOON);
    var second = outstanding.add("second", NOON);
    assertThat(repeated(NOON.plusSeconds(1))).containsExactly("first=" + first, "second=" + second);
    assertThat(repeated(NOON.plusSeconds(3))).containsExactly("first=" + first, "second=" + second);
  }

  @Test
  void nothingIsRepeatedBeforeItIsDue() {
    outstanding.add("a", NOON);
    assertThat(repeated(NOON.plusMillis(999))).isEmpty();
    assertThat(outstanding.nextRepeat()).contains(NOON.plusSeconds(1));
  }

  @Test
  void inAHurryEverythingIsDueAtOnceAndThePausesBeginAnew() {
    outstanding.add("a", NOON);
    repeated(NOON.plusSeconds(1));
    var later = NOON.plusSeconds(2);

    outstanding.hurry(later);

    assertThat(outstanding.nextRepeat()).contains(later);
    assertThat(repeated(later)).hasSize(1);
    assertThat(outstanding.nextRepeat()).contains(later.plus(Duration.ofSeconds(2)));
  }

  @Test
  void withNothingOutstandingNoRepeatIsDue() {
    assertThat(outstanding.nextRepeat()).isEmpty();
    outstanding.settled(outstanding.add("a", NOON));
    assertThat(outstanding.nextRepeat()).isEmpty();
  }

  private List<String> repeated(Instant now) {
    var repeated = new ArrayList<String>();
    outstanding.repeat(now, (wakeUp, token) -> repeated.add(wakeUp + "=" + token));
    return repeated;
  }
}
