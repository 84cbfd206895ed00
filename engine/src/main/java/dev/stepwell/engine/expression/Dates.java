package dev.stepwell.engine.expression;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Instants, in the many ways in which they are written. */
final class Dates {

  private static final int TEXT_MAX = 100;

  /** Go counts two digits from here on. */
  private static final int FIRST_YEAR = 1969;

  /** RFC 1123, RFC 822, RFC 850, then RubyDate with UnixDate and ANSIC, and Stamp. */
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.ISO_DATE_TIME,
          DateTimeFormatter.ISO_LOCAL_DATE,
          format("[EEE, ]d MMM uuuu HH:mm[:ss] Z"),
          format("[EEE, ]d MMM ", " HH:mm[:ss] Z"),
          format("EEEE, d-MMM-", " HH:mm:ss Z"),
          format("EEE MMM [ ]d HH:mm:ss [Z ]uuuu"),
          formatWithoutYear("MMM [ ]d HH:mm:ss[.SSS]"));

  private static final Pattern NAME = Pattern.compile("(?<= )[A-Z]{1,4}(?![^ ])");

  /**
   * Names of zones as offsets: those of RFC 822, and those of Europe and Japan that mean nothing
   * else. Java's own reader of names needs a millisecond for each that it doesn't know.
   */
  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("Z", "+0000"),
          Map.entry("UT", "+0000"),
          Map.entry("UTC", "+0000"),
          Map.entry("GMT", "+0000"),
          Map.entry("EDT", "-0400"),
          Map.entry("EST", "-0500"),
          Map.entry("CDT", "-0500"),
          Map.entry("CST", "-0600"),
          Map.entry("MDT", "-0600"),
          Map.entry("MST", "-0700"),
          Map.entry("PDT", "-0700"),
          Map.entry("PST", "-0800"),
          Map.entry("WET", "+0000"),
          Map.entry("WEST", "+0100"),
          Map.entry("CET", "+0100"),
          Map.entry("CEST", "+0200"),
          Map.entry("EET", "+0200"),
          Map.entry("EEST", "+0300"),
          Map.entry("JST", "+0900"));

  private static final double SECONDS_BELOW = 1e11;
  private static final double MILLIS_BELOW = 1e14;
  private static final long NANOS_OF_A_MILLI = 1_000_000;

  private Dates() {}

  private static DateTimeFormatterBuilder builder(String pattern) {
    return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
  }

  /** Strict, so that February 30 is no time, as in Go, and not the last day of that month. */
  private static DateTimeFormatter format(DateTimeFormatterBuilder builder) {
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  private static DateTimeFormatter format(String pattern) {
    return format(builder(pattern));
  }

  /** With a year of two digits in between. */
  private static DateTimeFormatter format(String before, String after) {
    return format(
        builder(before)
            .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR)
            .appendPattern(after));
  }

  /** Of the year 0, as Go has it. */
  private static DateTimeFormatter formatWithoutYear(String pattern) {
    return format(builder(pattern).parseDefaulting(ChronoField.YEAR, 0));
  }

  /** An instant from a text. */
  static Instant parse(String text) throws EvaluationException {
    if (text.length() <= TEXT_MAX) {
      var named =
          NAME.matcher(text).replaceAll(name -> ZONES.getOrDefault(name.group(), name.group()));
      for (var format : FORMATS) {
        if (fits(format, named)) {
          return instant(format, named);
        }
      }
      throw new EvaluationException("no time: " + text);
    }
    throw new EvaluationException("no time: a text of more than " + TEXT_MAX + " characters");
  }

  /** Whether a text has that form. Makes no exception if it has not, as {@code parse} would. */
  private static boolean fits(DateTimeFormatter format, String text) {
    var position = new ParsePosition(0);
    return format.parseUnresolved(text, position) != null && position.getIndex() == text.length();
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
