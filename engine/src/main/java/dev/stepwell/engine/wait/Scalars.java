package dev.stepwell.engine.wait;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The one text of each JSON scalar. */
final class Scalars {

  private static final int CHARS_MAX = 1_000;

  // Any double's integral part fits. Beyond, a short number could have a text of gigabytes.
  private static final int ZEROS_MAX = 400;

  private Scalars() {}

  static String canonical(Object value) {
    return switch (value) {
      case String text -> text(text);
      case Enum<?> constant -> text(constant.name());
      case Boolean flag -> flag.toString();
      case Long n -> n.toString();
      case Integer n -> n.toString();
      case Short n -> n.toString();
      case Byte n -> n.toString();
      case BigInteger n -> decimal(new BigDecimal(n));
      case BigDecimal n -> decimal(n);
      case Double n -> decimal(finite(n));
      // By way of text, as JSON goes: 0.1f is written 0.1, but widens to 0.10000000149011612.
      case Float n -> decimal(finite(Double.parseDouble(n.toString())));
      default ->
          throw new IllegalArgumentException(
              "not a JSON scalar: an object of " + value.getClass().getName());
    };
  }

  /** The scalar that {@code in} stands at; null for a null and for numbers beyond all measure. */
  static @Nullable String read(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> text(in.getText());
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in, token);
      default -> null;
    };
  }

  private static @Nullable String number(JsonParser in, JsonToken token) throws IOException {
    if (in.getTextLength() > CHARS_MAX) {
      return null;
    }
    try {
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        return decimal(in.getDecimalValue());
      }
      return switch (in.getNumberType()) {
        case INT, LONG -> Long.toString(in.getLongValue());
        default -> decimal(new BigDecimal(in.getBigIntegerValue()));
      };
    } catch (JsonParseException | NumberFormatException exponentTooLong) {
      return null;
    }
  }

  private static String decimal(BigDecimal number) {
    var shortest = number.stripTrailingZeros();
    return bounded(
        Math.abs((long) shortest.scale()) > ZEROS_MAX
            ? shortest.toString()
            : shortest.toPlainString());
  }

  private static BigDecimal finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no number " + number);
    }
    return new BigDecimal(Double.toString(number));
  }

  private static String text(String text) {
    var plain = text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\' && !isSurrogate(c));
    return bounded('"' + (plain ? text : escaped(text)) + '"');
  }

  private static String escaped(String text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
          } else if (c < ' ' || isSurrogate(c)) {
            // A half of a pair, alone, has no UTF-8 form.
            out.append("\\u").append(HexFormat.of().toHexDigits((char) c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static String bounded(String canonical) {
    return canonical.length() <= CHARS_MAX ? canonical : '#' + sha256(canonical);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
