package dev.stepwell.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Alarms by clocks that a test turns by hand. */
class SystemTimeTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TICK = Duration.ofMillis(10);

  private final FakeClocks clocks = new FakeClocks(NOON);
  private final Time time = new SystemTime(new ForwardClock(clocks, clocks::nanos), clocks);
  private final AtomicInteger rings = new AtomicInteger();

  @Test
  void anAlarmRingsOnceWhenItsInstantHasComeAndNotBefore() {
    time.at(NOON.plusSeconds(72), rings::incrementAndGet);

    clocks.pass(Duration.ofSeconds(72).minus(TICK));
    assertThat(rings).hasValue(0);
    clocks.pass(TICK.multipliedBy(2));
    assertThat(rings).hasValue(1);
    clocks.pass(HOUR);
    assertThat(rings).hasValue(1);
  }

  @Test
  void anAlarmForThePastRingsAtOnce() {
    time.at(NOON.minusSeconds(1), rings::incrementAndGet);
    clocks.pass(TICK);
    assertThat(rings).hasValue(1);
  }

  @Test
  void whatAJumpForwardHasMadeDueRingsWithinTheBound() {
    time.at(NOON.plus(HOUR), rings::incrementAndGet);
    clocks.pass(Duration.ofSeconds(7));

    clocks.jump(HOUR);
    clocks.pass(SystemTime.LONGEST.plus(TICK));

    assertThat(rings).hasValue(1);
  }

  @Test
  void aClockThatIsSetBackNeitherStopsAnAlarmNorMakesItEarly() {
    time.at(NOON.plusSeconds(60), rings::incrementAndGet);
    clocks.jump(HOUR.negated());

    clocks.pass(Duration.ofSeconds(60));
    assertThat(rings).hasValue(0);
    assertThat(time.instant()).isAfter(NOON.plusSeconds(56));
    clocks.pass(Duration.ofSeconds(4));

    assertThat(rings).hasValue(1);
    assertThat(time.instant()).isBetween(NOON.plusSeconds(60), NOON.plusSeconds(61));
  }

  @Test
  void anAlarmThatIsSetAfterTheClockWasSetBackRingsInTimeToo() {
    clocks.jump(HOUR.negated());
    time.at(time.instant().plusSeconds(10), rings::incrementAndGet);

    clocks.pass(Duration.ofSeconds(10));
    assertThat(rings).hasValue(0);
    clocks.pass(Duration.ofSeconds(1));
    assertThat(rings).hasValue(1);
  }

  @Test
  void aCancelledAlarmRingsNeverHoweverOftenItHasLooked() {
    var alarm = time.at(NOON.plusSeconds(60), rings::incrementAndGet);
    clocks.pass(Duration.ofSeconds(30));

    alarm.cancel();
    clocks.pass(HOUR);

    assertThat(rings).hasValue(0);
  }
}
