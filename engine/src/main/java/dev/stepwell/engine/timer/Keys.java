package dev.stepwell.engine.timer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of any length and content, made fit for a key. */
final class Keys {
  private Keys() {}

  private static final int PLAIN_MAX_CHARS = 128;

  /** The name itself if it is short, else a hash of it: 400 bytes at most, other for each name. */
  static String bounded(String name) {
    return name.length() <= PLAIN_MAX_CHARS && !name.startsWith("#")
        ? name
        : "#" + HexFormat.of().formatHex(sha256(name));
  }

  static int spread(String name) {
    var mixed = name.hashCode() * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  private static byte[] sha256(String name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
