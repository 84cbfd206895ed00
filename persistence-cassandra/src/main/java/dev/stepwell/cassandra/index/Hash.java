package dev.stepwell.cassandra.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Keys of equal length for what may be long: the first 16 bytes of a SHA-256. */
final class Hash {

  private static final int BYTES = 16;

  private Hash() {}

  /** Of some texts, one after the other. */
  static byte[] of(String... texts) {
    var digest = sha256();
    for (var text : texts) {
      digest.update(text.getBytes(UTF_8));
      digest.update((byte) 0);
    }
    return Arrays.copyOf(digest.digest(), BYTES);
  }

  static byte[] of(byte[] bytes) {
    return Arrays.copyOf(sha256().digest(bytes), BYTES);
  }

  static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
