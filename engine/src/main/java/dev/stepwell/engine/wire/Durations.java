package dev.stepwell.engine.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as SDKs write them: numbers and units, such as {@code 1w2d3h}, {@code 90s}, 1.5h. */
public final class Durations {

  private static final Pattern PART =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?)(ns|us|µs|ms|[smhdw])");
  private static final Pattern WHOLE = Pattern.compile("[+-]?(?:" + PART.pattern() + ")+");

  private static final int TEXT_MAX = 200;

  private Durations() {}

  /** The duration; empty if the text is none. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (text.length() > TEXT_MAX || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    var sum = Duration.ZERO;
    var parts = PART.matcher(text);
    try {
      while (parts.find()) {
        sum = sum.plus(times(unit(parts.group(2)), new BigDecimal(parts.group(1))));
      }
      return Optional.of(text.startsWith("-") ? sum.negated() : sum);
    } catch (ArithmeticException _) {
      return Optional.empty(); // longer than there is time
    }
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ns" -> Duration.ofNanos(1);
      case "us", "µs" -> Duration.ofNanos(1_000);
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> throw new IllegalArgumentException("no unit: " + name);
    };
  }

  private static Duration times(Duration unit, BigDecimal factor) {
    var nanos = BigDecimal.valueOf(unit.toNanos()).multiply(factor).toBigInteger();
    var billion = BigInteger.valueOf(1_000_000_000);
    var parts = nanos.divideAndRemainder(billion);
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }
}
