package dev.stepwell.gateway.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a JSON parser that skips over strings doesn't look at: whether the bytes are UTF-8, and
 * whether the characters written as escapes exist. Both run at several bytes a nanosecond where
 * there is nothing to find.
 */
public final class Text {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final int ESCAPE_LENGTH = 6;

  private Text() {}

  /** Where the first byte is that no UTF-8 has at this place; -1 if all is well. */
  public static int malformedUtf8At(byte[] bytes) {
    var at = 0;
    while (at < bytes.length) {
      if (at + Long.BYTES <= bytes.length && ((long) WORDS.get(bytes, at) & HIGH_BITS) == 0) {
        at += Long.BYTES;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        var length = characterLength(bytes, at);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return -1;
  }

  /**
   * Where the first escape is that stands for half a character, a surrogate without its other half;
   * -1 if there is none.
   *
   * @param json valid JSON: a backslash is the beginning of an escape
   */
  public static int loneSurrogateAt(byte[] json) {
    var at = backslashFrom(json, 0);
    while (at < json.length) {
      if (json[at + 1] != 'u') {
        at = backslashFrom(json, at + 2);
      } else if (!Character.isSurrogate(escaped(json, at))) {
        at = backslashFrom(json, at + ESCAPE_LENGTH);
      } else if (isPair(json, at)) {
        at = backslashFrom(json, at + 2 * ESCAPE_LENGTH);
      } else {
        return at;
      }
    }
    return -1;
  }

  /** The length in bytes of the character beginning at {@code at}, which isn't ASCII; 0 if none. */
  private static int characterLength(byte[] bytes, int at) {
    var first = bytes[at] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return isNext(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      // No longer form than needed, and no surrogates.
      var lowest = first == 0xE0 ? 0xA0 : 0x80;
      var highest = first == 0xED ? 0x9F : 0xBF;
      return isNext(bytes, at + 1, lowest, highest) && isNext(bytes, at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      // No longer form than needed, and nothing above U+10FFFF.
      var lowest = first == 0xF0 ? 0x90 : 0x80;
      var highest = first == 0xF4 ? 0x8F : 0xBF;
      return isNext(bytes, at + 1, lowest, highest)
              && isNext(bytes, at + 2, 0x80, 0xBF)
              && isNext(bytes, at + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean isNext(byte[] bytes, int at, int lowest, int highest) {
    return at < bytes.length && (bytes[at] & 0xFF) >= lowest && (bytes[at] & 0xFF) <= highest;
  }

  private static int backslashFrom(byte[] json, int from) {
    var at = from;
    while (at + Long.BYTES <= json.length) {
      // A byte of the difference is zero where there is a backslash; this finds zero bytes.
      var difference = (long) WORDS.get(json, at) ^ BACKSLASHES;
      if (((difference - ONES) & ~difference & HIGH_BITS) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    while (at < json.length && json[at] != '\\') {
      at++;
    }
    return at;
  }

  private static boolean isPair(byte[] json, int at) {
    var second = at + ESCAPE_LENGTH;
    return Character.isHighSurrogate(escaped(json, at))
        && json[second] == '\\'
        && json[second + 1] == 'u'
        && Character.isLowSurrogate(escaped(json, second));
  }

  private static char escaped(byte[] json, int at) {
    var value = 0;
    for (var i = at + 2; i < at + ESCAPE_LENGTH; i++) {
      value = value << 4 | Character.digit(json[i], 16);
    }
    return (char) value;
  }
}
