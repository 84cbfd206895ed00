package dev.stepwell.engine.sdk;

import dev.stepwell.engine.run.RunCommand;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of steps. SDKs name a step by the SHA-1 of what its author calls it; a run keeps it
 * under the author's own name, as far as the hash can be made of that again.
 */
final class StepKeys {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}");
  private static final int NAME_MAX = 256;

  private StepKeys() {}

  /** What SDKs call the step that the run keeps under this name. */
  static String hash(String name) {
    return HASH.matcher(name).matches() ? name : sha1(name);
  }

  /**
   * Under what name a run keeps a step.
   *
   * @param hash what the SDK calls it
   * @param candidates what it may be the hash of
   */
  static String name(String hash, List<String> candidates) {
    return candidates.stream()
        .filter(name -> isUsable(name) && sha1(name).equals(hash))
        .findFirst()
        .orElse(hash);
  }

  private static boolean isUsable(String name) {
    return name.length() <= NAME_MAX
        && !HASH.matcher(name).matches()
        && !name.equals(RunCommand.Due.OWN_CODE)
        && !name.equals(RunCommand.Due.GUARD);
  }

  private static String sha1(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
