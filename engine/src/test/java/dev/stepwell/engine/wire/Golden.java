package dev.stepwell.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Samples of bytes that were once written: files under {@code golden/}, each the hex of one value.
 * A file is never changed and never removed; a new form of a value is a new file.
 */
public final class Golden {

  private static final HexFormat HEX = HexFormat.of();
  private static final int HEX_PER_LINE = 100;

  private Golden() {}

  /** The value is written as the file says, and the file is read as the value. */
  public static <T> void assertKept(Codec<T> codec, String file, T value) {
    assertThat(lines(HEX.formatHex(codec.encode(value))))
        .as("golden/" + file)
        .isEqualTo(read(file));
    assertStillRead(codec, file, value);
  }

  /** The file is read as the value, though it would be written in another form today. */
  public static <T> void assertStillRead(Codec<T> codec, String file, T value) {
    assertThat(codec.decode(HEX.parseHex(read(file).replace("\n", "")))).isEqualTo(value);
  }

  /** Every kind of a family has a sample. */
  public static void assertComplete(Class<?> family, Collection<?> samples) {
    var sampled = samples.stream().<Class<?>>map(Object::getClass).distinct().toList();
    assertThat(sampled).as("kinds with a golden sample").containsAll(leaves(family));
  }

  /** Bytes cut off anywhere, or with a bit turned, are refused as corrupt, or read as something. */
  public static <T> void assertCorruptionIsSeen(Codec<T> codec, T value, Random random) {
    var bytes = codec.encode(value);
    for (var length = 0; length < bytes.length; length++) {
      var cut = java.util.Arrays.copyOf(bytes, length);
      assertThat(readOrRefuse(codec, cut)).as("cut to " + length + " of " + value).isFalse();
    }
    assertThat(readOrRefuse(codec, java.util.Arrays.copyOf(bytes, bytes.length + 1)))
        .as("one byte more than " + value)
        .isFalse();
    for (var i = 0; i < 200; i++) {
      var turned = bytes.clone();
      turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
      var _ = readOrRefuse(codec, turned);
    }
  }

  private static <T> boolean readOrRefuse(Codec<T> codec, byte[] bytes) {
    try {
      return codec.decode(bytes) != null;
    } catch (IllegalStateException corrupt) {
      return false;
    }
  }

  private static List<Class<?>> leaves(Class<?> family) {
    var leaves = new ArrayList<Class<?>>();
    for (var below : family.getPermittedSubclasses()) {
      if (below.isSealed()) {
        leaves.addAll(leaves(below));
      } else {
        leaves.add(below);
      }
    }
    return leaves;
  }

  private static String lines(String hex) {
    var lines = new StringBuilder();
    for (var at = 0; at < hex.length(); at += HEX_PER_LINE) {
      lines.append(hex, at, Math.min(at + HEX_PER_LINE, hex.length())).append('\n');
    }
    return lines.toString();
  }

  private static String read(String file) {
    try (var in = Golden.class.getResourceAsStream("/golden/" + file)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
