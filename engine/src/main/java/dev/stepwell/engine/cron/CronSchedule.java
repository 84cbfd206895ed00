package dev.stepwell.engine.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a function is due, again and again: minute, hour, day of month, month and day of week, in a
 * time zone. When both days are restricted either of them suffices. Also {@code @yearly}, {@code
 * @monthly}, {@code @weekly}, {@code @daily}, {@code @hourly} and {@code @every 1h30m}, which
 * counts from 1970 on.
 *
 * <p>Where a clock is put forward or back, a schedule with a fixed hour ticks once for each local
 * time: at the end of the gap for all that falls into it, and in the first pass of what comes
 * twice. One whose hour begins with {@code *} follows the hours that really pass.
 */
public final class CronSchedule {

  public static final int TEXT_MAX_CHARS = 255;

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private static final Pattern ZONED = Pattern.compile("(?:CRON_)?TZ=(\\S+)\\s+(.*)");
  private static final Pattern EVERY =
      Pattern.compile("@every\\s+(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  /** How the ticks follow each other. */
  private sealed interface Rhythm {
    /** By the clock on the wall. */
    record ByClock(ExecutionTime times, boolean everyHour, ZoneId zone) implements Rhythm {}

    record Every(long millis) implements Rhythm {}
  }

  private final String text;
  private final Rhythm rhythm;

  private CronSchedule(String text, Rhythm rhythm) {
    this.text = text;
    this.rhythm = rhythm;
  }

  /**
   * Reads a schedule as users write it.
   *
   * @param text an expression, with {@code TZ=} and a time zone before it if it is not UTC
   * @throws IllegalArgumentException if it is malformed
   */
  public static CronSchedule parse(String text) {
    if (text.length() > TEXT_MAX_CHARS) {
      throw new IllegalArgumentException(
          "a cron expression of %d characters, more than %d"
              .formatted(text.length(), TEXT_MAX_CHARS));
    }
    var zoned = ZONED.matcher(text.strip());
    try {
      return zoned.matches()
          ? new CronSchedule(text, rhythm(zoned.group(2), ZoneId.of(zoned.group(1))))
          : new CronSchedule(text, rhythm(text.strip(), ZoneOffset.UTC));
    } catch (IllegalArgumentException | DateTimeException malformed) {
      throw new IllegalArgumentException(
          "malformed cron expression '%s': %s".formatted(text, malformed.getMessage()), malformed);
    }
  }

  /** The schedule of an expression without a zone of its own. */
  public static CronSchedule of(String expression, ZoneId zone) {
    var utc = zone.normalized().equals(ZoneOffset.UTC);
    return parse(utc ? expression : "TZ=" + zone + " " + expression);
  }

  /** What {@link #parse} makes an equal schedule of. */
  public String text() {
    return text;
  }

  /** The first tick after an instant; empty if there is none, as on a 31st of February. */
  public Optional<Instant> next(Instant after) {
    return switch (rhythm) {
      case Rhythm.Every(var millis) ->
          Optional.of(
              Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), millis) + 1) * millis));
      case Rhythm.ByClock clock -> next(clock, after);
    };
  }

  private static Optional<Instant> next(Rhythm.ByClock clock, Instant after) {
    var rules = clock.zone().getRules();
    var from = after;
    var offset = rules.getOffset(after);
    var local = LocalDateTime.ofInstant(after, offset);
    var last = rules.previousTransition(after.plusNanos(1));
    if (last != null && !clock.everyHour() && local.isBefore(last.getDateTimeBefore())) {
      local = before(last.getDateTimeBefore()); // what comes twice has ticked already
    }
    while (true) {
      var tick = nextLocal(clock, local);
      if (tick.isEmpty()) {
        return Optional.empty();
      }
      var at = tick.get().toInstant(offset);
      var change = rules.nextTransition(from);
      if (change == null || at.isBefore(change.getInstant())) {
        return Optional.of(at);
      }
      if (!clock.everyHour() && change.isGap() && tick.get().isBefore(change.getDateTimeAfter())) {
        return Optional.of(change.getInstant());
      }
      from = change.getInstant();
      offset = change.getOffsetAfter();
      local =
          before(
              clock.everyHour() || change.isGap()
                  ? change.getDateTimeAfter()
                  : change.getDateTimeBefore());
    }
  }

  private static Optional<LocalDateTime> nextLocal(Rhythm.ByClock clock, LocalDateTime after) {
    // Without gaps and repetitions, those are ours.
    return clock
        .times()
        .nextExecution(after.atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime);
  }

  private static LocalDateTime before(LocalDateTime local) {
    return local.minusSeconds(1);
  }

  private static Rhythm rhythm(String expression, ZoneId zone) {
    var every = EVERY.matcher(expression);
    if (every.matches()) {
      return every(
          seconds(every.group(1), 3_600)
              + seconds(every.group(2), 60)
              + seconds(every.group(3), 1));
    }
    var fields = NICKNAMES.getOrDefault(expression, expression).split("\\s+");
    var plain =
        Arrays.stream(fields)
            .map(field -> field.equals("?") ? "*" : field)
            .collect(Collectors.joining(" "));
    var cron = parser().parse(plain).validate();
    return new Rhythm.ByClock(ExecutionTime.forCron(cron), fields[1].startsWith("*"), zone);
  }

  private static Rhythm every(long seconds) {
    if (seconds < 1) {
      throw new IllegalArgumentException("every 1s or more");
    }
    return new Rhythm.Every(Duration.ofSeconds(seconds).toMillis());
  }

  private static long seconds(@Nullable String number, int unit) {
    return number == null ? 0 : Long.parseLong(number) * unit;
  }

  private static CronParser parser() {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  }
}
