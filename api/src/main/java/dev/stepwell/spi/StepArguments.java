package dev.stepwell.spi;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * The bounds that {@code Steps} promises, in one place for all who implement it. Each method
 * returns its argument, or throws {@link IllegalArgumentException} showing it.
 */
public final class StepArguments {

  /** The longest step name. */
  public static final int MAX_NAME_CHARS = 100;

  /** The longest name of a signal. */
  public static final int MAX_SIGNAL_CHARS = 255;

  /** The most events in one step. */
  public static final int MAX_EVENTS = 100;

  /** The shortest sleep or wait. */
  public static final Duration MIN_DURATION = Duration.ofMillis(1);

  /** The longest sleep or wait. */
  public static final Duration MAX_DURATION = Duration.ofDays(366);

  private static final String PUNCTUATION = " ._:/-";

  private StepArguments() {}

  /** A step name: {@code [A-Za-z0-9][A-Za-z0-9 ._:/-]{0,99}}. */
  public static String requireName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS || !isAlphanumeric(name.charAt(0))) {
      throw malformed(name);
    }
    for (var i = 1; i < name.length(); i++) {
      var c = name.charAt(i);
      if (!isAlphanumeric(c) && PUNCTUATION.indexOf(c) < 0) {
        throw malformed(name);
      }
    }
    return name;
  }

  /** The name of a signal: 1 to 255 characters, not blank. */
  public static String requireSignal(String signal) {
    if (signal.isBlank()
        || signal.length() > MAX_SIGNAL_CHARS
        || !StandardCharsets.UTF_8.newEncoder().canEncode(signal)) {
      throw new IllegalArgumentException("malformed signal: '" + signal + "'");
    }
    return signal;
  }

  /** How long to sleep, or to wait at most: 1 ms to 366 days. */
  public static Duration requireDuration(Duration duration) {
    if (duration.compareTo(MIN_DURATION) < 0 || duration.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException("a duration is 1 ms to 366 days, was " + duration);
    }
    return duration;
  }

  /** When to wake up: at most 366 days after {@code now}. */
  public static Instant requireInstant(Instant instant, Instant now) {
    if (instant.isAfter(now.plus(MAX_DURATION))) {
      throw new IllegalArgumentException("more than 366 days ahead: " + instant);
    }
    return instant;
  }

  /** How many events one step sends: 1 to 100. */
  public static int requireEventCount(int count) {
    if (count < 1 || count > MAX_EVENTS) {
      throw new IllegalArgumentException("a step sends 1 to 100 events, not " + count);
    }
    return count;
  }

  private static IllegalArgumentException malformed(String name) {
    return new IllegalArgumentException("malformed step name: '" + name + "'");
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
