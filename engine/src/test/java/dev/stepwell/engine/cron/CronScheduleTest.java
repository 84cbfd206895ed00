package dev.stepwell.engine.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

  private static final Instant YEAR_START = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "* * * * *, 2026-01-01T00:01:00Z",
    "*/15 * * * *, 2026-01-01T00:15:00Z",
    "0 9 * * *, 2026-01-01T09:00:00Z",
    "0 9 * * MON-FRI, 2026-01-01T09:00:00Z",
    "0 9 * * 0, 2026-01-04T09:00:00Z",
    "0 9 * * 7, 2026-01-04T09:00:00Z",
    "0 9 ? * ?, 2026-01-01T09:00:00Z",
    "0 0 13 * FRI, 2026-01-02T00:00:00Z",
    "0 0 29 2 *, 2028-02-29T00:00:00Z",
    "'  30   4  1,15 * *  ', 2026-01-01T04:30:00Z",
    "@yearly, 2027-01-01T00:00:00Z",
    "@annually, 2027-01-01T00:00:00Z",
    "@monthly, 2026-02-01T00:00:00Z",
    "@weekly, 2026-01-04T00:00:00Z",
    "@daily, 2026-01-02T00:00:00Z",
    "@midnight, 2026-01-02T00:00:00Z",
    "@hourly, 2026-01-01T01:00:00Z",
    "@every 5m, 2026-01-01T00:05:00Z",
    "@every 1h30m, 2026-01-01T01:30:00Z",
    "@every 45s, 2026-01-01T00:00:45Z",
    "TZ=Europe/Berlin 0 9 * * *, 2026-01-01T08:00:00Z",
    "CRON_TZ=America/New_York @daily, 2026-01-01T05:00:00Z"
  })
  void theFirstTickOfTheYearIs(String text, Instant tick) {
    assertThat(CronSchedule.parse(text).next(YEAR_START)).contains(tick);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "5-1 * * * *",
        "*/0 * * * *",
        "@sometimes",
        "@every",
        "@every 0s",
        "@every 5",
        "@every 9999999h",
        "TZ=Mars/Olympus 0 9 * * *",
        "TZ=Europe/Berlin",
        "every day",
        "* * * * \u0000"
      })
  void whatIsMalformedIsRefusedAndNamed(String text) {
    assertThatThrownBy(() -> CronSchedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void anEndlessExpressionIsRefused() {
    assertThatThrownBy(() -> CronSchedule.parse("0 0 1" + ",1".repeat(200) + " * *"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("255");
  }

  @Test
  void aDayThatNoMonthHasNeverComes() {
    assertThat(CronSchedule.parse("0 0 31 2 *").next(YEAR_START)).isEmpty();
  }

  @Test
  void theTextMakesAnEqualSchedule() {
    var schedule = CronSchedule.of("0 9 * * *", ZoneId.of("Europe/Berlin"));

    assertThat(schedule.text()).isEqualTo("TZ=Europe/Berlin 0 9 * * *");
    assertThat(CronSchedule.parse(schedule.text()).next(YEAR_START))
        .isEqualTo(schedule.next(YEAR_START));
    assertThat(CronSchedule.of("@daily", ZoneOffset.UTC).text()).isEqualTo("@daily");
    assertThat(CronSchedule.of("@daily", ZoneId.of("UTC")).text()).isEqualTo("@daily");
  }

  /** Berlin: from 02:00 to 03:00 on 29 March, and from 03:00 back to 02:00 on 25 October 2026. */
  @ParameterizedTest
  @CsvSource({
    // What falls into the gap ticks once, at its end.
    "30 2 * * *, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
    "*/20 2 * * *, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
    "'0 2,3 * * *', 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
    "30 1 * * *, 2026-03-28T12:00:00Z, 2026-03-29T00:30:00Z 2026-03-29T23:30:00Z",
    "30 3 * * *, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z 2026-03-30T01:30:00Z",
    // Every hour that passes ticks, and none that does not.
    "30 * * * *, 2026-03-29T00:00:00Z, 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z",
    "0 */2 * * *, 2026-03-28T23:30:00Z, 2026-03-29T02:00:00Z 2026-03-29T04:00:00Z",
    // What comes twice ticks in its first pass.
    "30 2 * * *, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
    "*/30 2 * * *, 2026-10-24T12:00:00Z, 2026-10-25T00:00:00Z 2026-10-25T00:30:00Z",
    "30 2 * * *, 2026-10-25T01:10:00Z, 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z",
    "0 3 * * *, 2026-10-24T12:00:00Z, 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z",
    "0 2 * * *, 2026-10-25T01:00:00Z, 2026-10-26T01:00:00Z 2026-10-27T01:00:00Z",
    // Every hour that passes, both passes.
    "30 * * * *, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z",
    "30 * * * *, 2026-10-25T01:00:00Z, 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z"
  })
  void whereTheClockIsChanged(String expression, Instant after, String ticks) {
    var schedule = CronSchedule.of(expression, ZoneId.of("Europe/Berlin"));
    var first = schedule.next(after).orElseThrow();

    assertThat(first + " " + schedule.next(first).orElseThrow()).isEqualTo(ticks);
  }

  @Test
  void noTickIsLeftOutOrMadeUpInAnyYearAndZone() {
    var random = new Random(11);
    for (var i = 0; i < 300; i++) {
      var fields = new Fields(random);
      var from = YEAR_START.plus(Duration.ofMinutes(random.nextInt(366 * 24 * 60)));
      var schedule = CronSchedule.parse(fields.text());

      var expected = fields.walk(from, Duration.ofDays(3));

      var actual = new ArrayList<Instant>();
      var until = from.plus(Duration.ofDays(3));
      for (var tick = schedule.next(from);
          tick.filter(at -> !at.isAfter(until)).isPresent();
          tick = schedule.next(tick.get())) {
        actual.add(tick.get());
      }
      assertThat(actual).as("%s from %s", fields.text(), from).isEqualTo(expected);
    }
  }

  /** Every tick is after the instant it was asked for, whatever the zone does. */
  @Test
  void ticksGoForwardInManyZones() {
    for (var id : zones()) {
      for (var expression : List.of("7 */3 * * *", "30 0,1,2,3 * * *", "0 0 * * *")) {
        var schedule = CronSchedule.of(expression, ZoneId.of(id));
        var at = YEAR_START;
        for (var i = 0; i < 40; i++) {
          var next = schedule.next(at).orElseThrow();
          assertThat(next).as("%s %s", id, expression).isAfter(at);
          assertThat(Duration.between(at, next)).isLessThan(Duration.ofHours(50));
          at = next.plus(Duration.ofDays(i % 20));
        }
      }
    }
  }

  private static List<String> zones() {
    var all = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    return IntStream.range(0, all.size() / 8).mapToObj(i -> all.get(8 * i)).toList();
  }

  /** Minutes and hours of a day, and days of month and week, as plain sets. */
  private static final class Fields {
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet weekdays;

    Fields(Random random) {
      minutes = some(random, 0, 59, 6);
      hours = some(random, 0, 23, 4);
      days = random.nextBoolean() ? new BitSet() : some(random, 1, 31, 8);
      weekdays = random.nextBoolean() ? new BitSet() : some(random, 0, 6, 2);
    }

    String text() {
      return text(minutes) + " " + text(hours) + " " + text(days) + " * " + text(weekdays);
    }

    List<Instant> walk(Instant from, Duration length) {
      var ticks = new ArrayList<Instant>();
      var until = from.plus(length);
      for (var at = from.plusSeconds(60); !at.isAfter(until); at = at.plusSeconds(60)) {
        var local = at.atOffset(ZoneOffset.UTC);
        if (minutes.get(local.getMinute())
            && hours.get(local.getHour())
            && isDay(local.getDayOfMonth(), local.getDayOfWeek().getValue() % 7)) {
          ticks.add(at);
        }
      }
      return ticks;
    }

    private boolean isDay(int day, int weekday) {
      if (days.isEmpty() && weekdays.isEmpty()) {
        return true;
      }
      return days.get(day) || weekdays.get(weekday);
    }

    private static BitSet some(Random random, int from, int to, int count) {
      var set = new BitSet();
      for (var i = 0; i < count; i++) {
        set.set(from + random.nextInt(to - from + 1));
      }
      return set;
    }

    private static String text(BitSet set) {
      return set.isEmpty()
          ? "*"
          : String.join(",", set.stream().mapToObj(Integer::toString).toList());
    }
  }
}
