package dev.stepwell.benchmarks;

import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One line of JSON with what was measured, on standard output. */
final class Figure {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MIDDLE = 50;
  private static final double HIGH = 99;

  private final StringBuilder json;

  /** A figure of {@code benchmark}; a name of letters, digits and {@code -}. */
  Figure(String benchmark) {
    json = new StringBuilder("{\"benchmark\":\"").append(benchmark).append('"');
  }

  /** Adds a word: no quotes and no control characters in it. */
  Figure word(String name, String value) {
    return raw(name, '"' + value + '"');
  }

  Figure count(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Adds a number, rounded to two digits behind the point; JSON has no infinity, nor do we. */
  Figure number(String name, double value) {
    return Double.isFinite(value) ? raw(name, String.format(Locale.ROOT, "%.2f", value)) : this;
  }

  /** Adds nanoseconds as milliseconds. */
  Figure millis(String name, long nanos) {
    return number(name, nanos / NANOS_PER_MILLI);
  }

  /** Adds how many times {@code base} it is, if there is something to compare with. */
  Figure ratio(String name, double value, @Nullable Double base) {
    return base == null ? this : number(name, value / base);
  }

  /** Adds percentiles of nanoseconds as milliseconds. */
  Figure latencies(Histogram nanos) {
    return millis("p50_ms", nanos.getValueAtPercentile(MIDDLE))
        .millis("p99_ms", nanos.getValueAtPercentile(HIGH))
        .millis("max_ms", nanos.getMaxValue());
  }

  private Figure raw(String name, String value) {
    json.append(",\"").append(name).append("\":").append(value);
    return this;
  }

  void print() {
    System.out.println(json + "}");
    System.out.flush();
  }
}
