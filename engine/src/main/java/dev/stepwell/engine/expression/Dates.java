package dev.stepwell.engine.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Instants, in the many ways in which they are written. */
final class Dates {

  private static final List<DateTimeFormatter> FORMATS =
      Stream.concat(
              Stream.of(
                  DateTimeFormatter.ISO_DATE_TIME,
                  DateTimeFormatter.RFC_1123_DATE_TIME,
                  DateTimeFormatter.ISO_LOCAL_DATE),
              Stream.of(
                      "EEEE, dd-MMM-yy HH:mm:ss zzz",
                      "EEE MMM d HH:mm:ss yyyy",
                      "EEE MMM  d HH:mm:ss yyyy",
                      "EEE MMM d HH:mm:ss zzz yyyy",
                      "EEE MMM dd HH:mm:ss Z yyyy",
                      "dd MMM yy HH:mm zzz",
                      "dd MMM yy HH:mm Z")
                  .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)))
          .toList();

  private static final double SECONDS_BELOW = 1e11;
  private static final double MILLIS_BELOW = 1e14;
  private static final long NANOS_OF_A_MILLI = 1_000_000;

  private Dates() {}

  /** An instant from a text. */
  static Instant parse(String text) throws EvaluationException {
    for (var format : FORMATS) {
      try {
        return instant(format, text);
      } catch (DateTimeException _) {
        // Another format, perhaps.
      }
    }
    throw new EvaluationException("no time: " + text);
  }

  private static Instant instant(DateTimeFormatter format, String text) {
    var parsed = format.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
    return switch (parsed) {
      case ZonedDateTime zoned -> zoned.toInstant();
      case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
      case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
      default -> throw new DateTimeException("no time");
    };
  }

  /** An instant from a Unix time in seconds, milliseconds or nanoseconds, told by its size. */
  static Instant of(double number) throws EvaluationException {
    if (Double.isNaN(number)) {
      throw new EvaluationException("NaN is no time");
    }
    var size = Math.abs(number);
    if (size < SECONDS_BELOW) {
      return Instant.ofEpochMilli((long) (number * 1_000));
    }
    return Instant.ofEpochMilli(
        size < MILLIS_BELOW ? (long) number : (long) number / NANOS_OF_A_MILLI);
  }
}
