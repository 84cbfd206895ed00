package dev.stepwell.gateway.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * What is wrong with one request.
 *
 * @param sentence what exactly, for people
 * @param retryAfter when to come back, if that helps
 */
public record Problem(Code code, String sentence, Optional<Duration> retryAfter) {

  public static Problem of(Code code, String sentence) {
    return new Problem(code, sentence, Optional.empty());
  }

  public static Problem retry(Code code, String sentence, Duration after) {
    return new Problem(code, sentence, Optional.of(after));
  }

  public int status() {
    return code.status();
  }
}
