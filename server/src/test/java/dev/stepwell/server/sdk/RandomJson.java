package dev.stepwell.server.sdk;

import java.util.Random;

/** JSON of all kinds, as senders may write it. */
final class RandomJson {

  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1e21",
    "1E+21",
    "-1e-7",
    "0.1",
    "1.0",
    "5e-324",
    "1.7976931348623157e308",
    "9007199254740993",
    "123456789012345678901234567890",
    "-12.50",
    "1e5",
    "100000000000000000000"
  };

  private static final String[] TEXTS = {
    "",
    "plain",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f\\n\\r\\t",
    "\\u0000",
    "\\u001f",
    "\\u007f",
    "\\u2028",
    "é",
    "€",
    "\\u20ac",
    "😀",
    "\\ud83d\\ude00",
    "\ufb33",
    "<script>&amp;",
    "日本語",
    "\\u00e9"
  };

  private static final int DEPTH_MAX = 4;
  private static final int MEMBERS_MAX = 5;

  private final Random chance;

  RandomJson(Random chance) {
    this.chance = chance;
  }

  String object() {
    return object(0);
  }

  private String object(int depth) {
    var out = new StringBuilder("{");
    var members = chance.nextInt(MEMBERS_MAX + 1);
    for (var i = 0; i < members; i++) {
      out.append(i == 0 ? " " : " , ").append(text(i)).append(" : ").append(value(depth + 1));
    }
    return out.append(" }").toString();
  }

  private String array(int depth) {
    var out = new StringBuilder("[");
    var values = chance.nextInt(MEMBERS_MAX + 1);
    for (var i = 0; i < values; i++) {
      out.append(i == 0 ? "" : ",\n").append(value(depth + 1));
    }
    return out.append("]").toString();
  }

  private String value(int depth) {
    return switch (chance.nextInt(depth < DEPTH_MAX ? 8 : 6)) {
      case 0 -> "null";
      case 1 -> chance.nextBoolean() ? "true" : "false";
      case 2 -> number();
      case 3 -> NUMBERS[chance.nextInt(NUMBERS.length)];
      case 4, 5 -> text(chance.nextInt());
      case 6 -> array(depth);
      default -> object(depth);
    };
  }

  private String number() {
    var number = Double.longBitsToDouble(chance.nextLong());
    return Double.isFinite(number) ? Double.toString(number) : Long.toString(chance.nextLong());
  }

  /** Not the same for two different numbers that are small. */
  private String text(int number) {
    var text = TEXTS[chance.nextInt(TEXTS.length)] + TEXTS[chance.nextInt(TEXTS.length)];
    return "\"" + text + (number >= 0 && number <= MEMBERS_MAX ? number : "") + "\"";
  }
}
