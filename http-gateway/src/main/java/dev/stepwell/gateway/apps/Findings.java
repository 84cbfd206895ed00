package dev.stepwell.gateway.apps;

import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with the functions of an app, and what of them is not done. */
final class Findings {

  /** What is said at once; the rest comes to light when this is corrected. */
  private static final int COMPLAINTS_MAX = 10;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** Reads a part of a function. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws ProblemException;
  }

  /** What {@code reading} returns, or {@code instead} if it finds something wrong. */
  <T> T orElse(String function, T instead, Reading<T> reading) {
    try {
      return reading.read();
    } catch (ProblemException e) {
      complain("function %s: %s".formatted(function, e.problem().sentence()));
      return instead;
    }
  }

  void complain(String sentence) {
    if (complaints.size() < COMPLAINTS_MAX) {
      complaints.add(sentence);
    }
  }

  /** A function asks for something that is accepted, but not done. */
  void warn(String function, String option) {
    warnings.add("Function %s asks for %s, which is not done yet".formatted(function, option));
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Everything that is wrong, in one sentence.
   *
   * @throws ProblemException if there is anything
   */
  void requireNone() throws ProblemException {
    if (!complaints.isEmpty()) {
      var all = String.join("; ", complaints);
      throw new ProblemException(
          Code.INVALID_FUNCTION, all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1));
    }
  }
}
