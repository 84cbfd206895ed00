package dev.stepwell.engine.expression;

/**
 * Finds a text within another as Knuth, Morris and Pratt do. {@link String#contains} compares anew
 * at each character, so two long texts from an event would keep it busy for minutes.
 */
final class Search {

  private Search() {}

  /** Whether a text is part of another, in time linear in both. */
  static boolean contains(String text, String wanted) {
    if (wanted.isEmpty()) {
      return true;
    }
    if (wanted.length() > text.length()) {
      return false;
    }
    var borders = borders(wanted);
    var matched = 0;
    for (var i = 0; i < text.length(); i++) {
      matched = matched(wanted, borders, matched, text.charAt(i));
      if (matched == wanted.length()) {
        return true;
      }
    }
    return false;
  }

  /** For each beginning of a text, how much of its end is a shorter beginning as well. */
  private static int[] borders(String wanted) {
    var borders = new int[wanted.length()];
    for (var i = 1; i < borders.length; i++) {
      borders[i] = matched(wanted, borders, borders[i - 1], wanted.charAt(i));
    }
    return borders;
  }

  /** How much matches with one more character, when so much has matched before. */
  private static int matched(String wanted, int[] borders, int before, char next) {
    var matched = before;
    while (matched > 0 && wanted.charAt(matched) != next) {
      matched = borders[matched - 1];
    }
    return wanted.charAt(matched) == next ? matched + 1 : 0;
  }
}
