package dev.stepwell.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables, as numbered steps that lead to them. A step that was released never changes. */
final class Schema {

  /**
   * One step.
   *
   * @param number from 1 on, without gaps
   * @param name of its resource, without number and ending
   * @param statements in order; each may be repeated
   */
  record Step(int number, String name, List<String> statements) {}

  /** In this order; add at the end. */
  private static final List<String> NAMES = List.of("index", "journal");

  private Schema() {}

  static List<Step> steps() {
    return IntStream.range(0, NAMES.size())
        .mapToObj(i -> new Step(i + 1, NAMES.get(i), statements(i + 1, NAMES.get(i))))
        .toList();
  }

  private static List<String> statements(int number, String name) {
    var resource = "schema/%04d-%s.cql".formatted(number, name);
    try (var in = Schema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own " + resource);
      }
      return parse(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Statements end with a semicolon at the end of a line; comments have lines of their own. */
  static List<String> parse(String text) {
    var code =
        text.lines()
            .filter(line -> !line.stripLeading().startsWith("--"))
            .collect(Collectors.joining("\n"));
    return Arrays.stream(code.split(";\\s*(\n|$)"))
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty))
        .toList();
  }
}
