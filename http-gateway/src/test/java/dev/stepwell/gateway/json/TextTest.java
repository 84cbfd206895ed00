package dev.stepwell.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes are text, held against the JDK's own decoder. */
class TextTest {

  private static final long SEED = 20_260_101;

  @Test
  void whatTheDecoderOfTheJdkRefusesIsMalformedAndNothingElse() {
    var random = new Random(SEED);
    for (var i = 0; i < 200_000; i++) {
      var bytes = nearlyText(random);

      assertThat(Text.malformedUtf8At(bytes) < 0)
          .as("seed %d, round %d", SEED, i)
          .isEqualTo(isUtf8(bytes));
    }
  }

  @Test
  void everyCharacterThereIsIsWellFormedWhereverItStands() {
    for (var character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
        var text = "a".repeat(character % 9) + Character.toString(character) + "b";

        assertThat(Text.malformedUtf8At(text.getBytes(StandardCharsets.UTF_8)))
            .as("U+%X", character)
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void theFirstMalformedByteIsNamed() {
    var bytes = "0123456789abcdef-".getBytes(StandardCharsets.US_ASCII);
    bytes[11] = (byte) 0xC0;
    bytes[15] = (byte) 0xFF;

    assertThat(Text.malformedUtf8At(bytes)).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud83d\\ud83d\\ude00\"",
        "\"\\ud83d\\n\"",
        "\"\\ud83d \\ude00\"",
        "\"\\\\\\uD83D\"",
        "{\"0123456789\\uDBFF\":1}"
      })
  void anEscapedSurrogateWithoutItsOtherHalfIsFound(String json) {
    var at = Text.loneSurrogateAt(json.getBytes(StandardCharsets.UTF_8));

    assertThat(at).isNotNegative();
    assertThat(json.substring(at)).startsWith("\\u");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"plain, and longer than a word\"",
        "\"\\ud83d\\ude00\"",
        "\"\\uD83D\\uDE00\\uD83D\\uDE00\"",
        "\"\\\\ud83d\"",
        "\"\\\\\\\\ud800\"",
        "\"\\u0000\\ud7ff\\ue000\"",
        "\"quoted \\\"\\u0041\\\"\""
      })
  void wholeCharactersAndEscapedBackslashesAreLeftAlone(String json) {
    assertThat(Text.loneSurrogateAt(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
  }

  /** A few characters of any length, one time in two with a byte changed. */
  private static byte[] nearlyText(Random random) {
    var text = new StringBuilder();
    for (var n = random.nextInt(20); n > 0; n--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) random.nextInt(0x80));
        case 1 -> text.append((char) random.nextInt(0x80, 0x800));
        case 2 -> text.append((char) random.nextInt(0x800, 0xD800));
        default -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
      }
    }
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
