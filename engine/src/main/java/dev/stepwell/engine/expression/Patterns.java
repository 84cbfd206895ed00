package dev.stepwell.engine.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.Map;

/** The regular expressions of one evaluation, each compiled once. */
final class Patterns {

  private static final int PATTERN_MAX = 1_000;

  /** What the library allows; it refuses a pattern with more. */
  private static final int TIMES_MAX = 1_000;

  private static final long HUGE = 1_000_000_000;

  /** To compile an instruction takes longer than to follow it once. */
  private static final long PIECES_OF_AN_INSTRUCTION = 10;

  private static final java.util.regex.Pattern TIMES =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(,?)(\\d{0,9})}");

  private final Budget budget;
  private final Map<String, Pattern> compiled = new HashMap<>();

  Patterns(Budget budget) {
    this.budget = budget;
  }

  /**
   * Whether a part of a text matches.
   *
   * @throws EvaluationException if the pattern is none or too long, or if its program is too long
   *     for such a text: every character can lead through all of it
   */
  boolean matches(String text, String pattern) throws EvaluationException {
    var program = compiled(pattern);
    budget.take((1L + text.length()) * program.programSize());
    return program.matcher(text).find();
  }

  private Pattern compiled(String pattern) throws EvaluationException {
    var known = compiled.get(pattern);
    if (known != null) {
      return known;
    }
    if (pattern.length() > PATTERN_MAX) {
      throw new EvaluationException("a pattern of more than " + PATTERN_MAX + " characters");
    }
    budget.take(programAtMost(pattern) * PIECES_OF_AN_INSTRUCTION);
    try {
      var program = Pattern.compile(pattern);
      compiled.put(pattern, program);
      return program;
    } catch (PatternSyntaxException e) {
      throw new EvaluationException("no pattern: " + e.getMessage());
    }
  }

  /**
   * About how long a program can get at most, to be known before there is one: the library writes
   * out what is repeated, and {@code ((a{100}){100}){100}} is a million instructions. What is
   * repeated after a group may hold all the rest, so those numbers are multiplied.
   */
  private static long programAtMost(String pattern) {
    long length = pattern.length();
    long times = 1;
    var found = TIMES.matcher(pattern);
    while (found.find()) {
      var most = most(found.group(1), found.group(3)) + found.group(2).length();
      var before = found.start() == 0 ? ' ' : pattern.charAt(found.start() - 1);
      if (")}*+?".indexOf(before) >= 0) {
        times = Math.min(HUGE, times * most);
      } else {
        length += most;
      }
    }
    return length * times;
  }

  private static int most(String least, String most) {
    var times = Integer.parseInt(most.isEmpty() ? least : most);
    return Math.clamp(times, 1, TIMES_MAX);
  }
}
