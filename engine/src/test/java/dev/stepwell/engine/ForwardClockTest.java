package dev.stepwell.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardClockTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeClocks clocks = new FakeClocks(NOON);
  private final ForwardClock clock = new ForwardClock(clocks, clocks::nanos);

  @Test
  void showsWhatTheWallClockShows() {
    for (var pause : new int[] {1, 7, 999, 86_400_000}) {
      clocks.pass(Duration.ofMillis(pause));
      assertThat(clock.instant()).isEqualTo(clocks.instant());
      assertThat(clock.millis()).isEqualTo(clocks.millis());
    }
  }

  @Test
  void followsAJumpForwardAtOnce() {
    clocks.jump(Duration.ofHours(8));
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 1_000, 60_000})
  void isSetBackNeverButGoesATwentiethSlowerUntilBothAgree(int askedEveryMillis) {
    clocks.jump(MINUTE.negated());
    assertThat(clock.instant()).isEqualTo(NOON);

    pass(Duration.ofMinutes(10), askedEveryMillis);
    assertThat(Duration.between(NOON, clock.instant()).toMillis())
        .isCloseTo(570_000, within(2L))
        .isLessThanOrEqualTo(570_000);

    pass(Duration.ofMinutes(10).plusSeconds(1), askedEveryMillis);
    assertThat(clock.instant()).isEqualTo(clocks.instant());
  }

  @Test
  void noPauseIsShorterThanItWouldBeByTheMonotonicClock() {
    clocks.jump(Duration.ofDays(-1));
    var from = clock.millis();
    for (var i = 1; i <= 100_000; i++) {
      clocks.pass(Duration.ofNanos(987_654));
      assertThat((clock.millis() - from) * 1_000_000).isLessThanOrEqualTo(i * 987_654L);
    }
  }

  @Test
  void neverGoesBackAndIsNeverBehindTheWallClock() {
    var random = new Random(7);
    var before = clock.millis();
    for (var i = 0; i < 500_000; i++) {
      switch (random.nextInt(20)) {
        case 0 -> clocks.jump(Duration.ofMillis(random.nextLong(-100_000, 100_000)));
        case 1 -> clocks.jump(Duration.ofMillis(-1));
        case 2 -> clocks.pass(MINUTE);
        default -> clocks.pass(Duration.ofNanos(random.nextInt(3_000_000)));
      }
      var now = clock.millis();
      assertThat(now).isGreaterThanOrEqualTo(before).isGreaterThanOrEqualTo(clocks.millis());
      before = now;
    }
  }

  @Test
  void goesBackForNoThread() throws Exception {
    var over = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(4)) {
      var readers = new ArrayList<Future<Boolean>>();
      for (var i = 0; i < 3; i++) {
        Callable<Boolean> reader = () -> onlyForward(over);
        readers.add(threads.submit(reader));
      }
      for (var i = 0; i < 200_000; i++) {
        clocks.pass(Duration.ofNanos(300_000));
        clocks.jump(Duration.ofMillis(i % 2 == 0 ? -5_000 : 5_000));
      }
      over.set(true);
      for (var reader : readers) {
        assertThat(reader.get()).isTrue();
      }
    }
  }

  private boolean onlyForward(AtomicBoolean over) {
    var before = clock.millis();
    while (!over.get()) {
      var now = clock.millis();
      if (now < before) {
        return false;
      }
      before = now;
    }
    return true;
  }

  private void pass(Duration duration, int askedEveryMillis) {
    for (var left = duration.toMillis(); left > 0; left -= askedEveryMillis) {
      clocks.pass(Duration.ofMillis(Math.min(left, askedEveryMillis)));
      clock.millis();
    }
  }
}
