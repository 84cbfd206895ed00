package dev.stepwell.gateway.call;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** When an app wants to be called again. */
final class RetryAfter {

  private static final Duration MIN = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofHours(24);

  /** What is longer is a date. */
  private static final int SECONDS_LENGTH_MAX = 7;

  private static final List<Function<String, Instant>> DATES =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)),
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

  private RetryAfter() {}

  /** How long from {@code now}; a second at least and a day at most. Empty if it says nothing. */
  static Optional<Duration> parse(String text, Instant now) {
    return pause(text.strip(), now)
        .map(pause -> pause.compareTo(MIN) < 0 ? MIN : pause)
        .map(pause -> pause.compareTo(MAX) > 0 ? MAX : pause);
  }

  private static Optional<Duration> pause(String text, Instant now) {
    if (text.length() <= SECONDS_LENGTH_MAX) {
      try {
        return Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }
    for (var date : DATES) {
      try {
        return Optional.of(Duration.between(now, date.apply(text)));
      } catch (DateTimeException | ArithmeticException _) {
        // Written in another way.
      }
    }
    return Optional.empty();
  }
}
