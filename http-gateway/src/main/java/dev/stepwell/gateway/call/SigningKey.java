package dev.stepwell.gateway.call;

import dev.stepwell.engine.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the server and its applications share: the server signs its calls with it, and
 * applications name it, or its hash, when they call the server. Never shown.
 */
public final class SigningKey {

  private static final Pattern PREFIX = Pattern.compile("^signkey-\\w+-");
  private static final Pattern HEX = Pattern.compile("([0-9a-fA-F]{2})+");
  private static final String MAC = "HmacSHA256";

  private final String secret;
  private final String hash;

  private SigningKey(String secret) {
    this.secret = secret;
    hash = hex(sha256(HexFormat.of().parseHex(secret)));
  }

  /**
   * A key as users write it: an even number of hex digits, behind a prefix such as {@code
   * signkey-prod-} or none.
   *
   * @throws IllegalArgumentException if it is none; the message says what one is, and not what was
   *     given
   */
  public static SigningKey parse(String text) {
    var secret = withoutPrefix(text.strip());
    if (!HEX.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "A signing key is an even number of hex digits, with a prefix such as signkey-prod- or"
              + " without one. Make one by: openssl rand -hex 32");
    }
    return new SigningKey(secret);
  }

  /**
   * The header that says that a body is from who has the key.
   *
   * @param body in its canonical form, byte by byte as it is sent
   */
  public String signature(Json body, long unixSeconds) {
    return "t=" + unixSeconds + "&s=" + hex(mac(body, Long.toString(unixSeconds)));
  }

  /** Whether what somebody has sent is the key or its hash, each with a prefix or without. */
  public boolean isNamedBy(String bearer) {
    var given = withoutPrefix(bearer).getBytes(StandardCharsets.UTF_8);
    var isKey = MessageDigest.isEqual(given, secret.getBytes(StandardCharsets.UTF_8));
    var isHash = MessageDigest.isEqual(given, hash.getBytes(StandardCharsets.UTF_8));
    return isKey || isHash;
  }

  private byte[] mac(Json body, String seconds) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), MAC));
      mac.update(body.utf8());
      return mac.doFinal(seconds.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String withoutPrefix(String key) {
    return PREFIX.matcher(key).replaceFirst("");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "SigningKey[secret]";
  }
}
