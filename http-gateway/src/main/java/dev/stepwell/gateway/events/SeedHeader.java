package dev.stepwell.gateway.events;

import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.wire.Ulid;
import java.util.Base64;
import java.util.Optional;

/** Reads {@code x-inngest-event-id-seed}: milliseconds, a comma, and ten bytes in base 64. */
final class SeedHeader {

  private static final int MAX_DIGITS = 15;

  private SeedHeader() {}

  /** The seed; empty if the header is not one, which counts as no header, as it does at Inngest. */
  static Optional<IdSeed> parse(String header) {
    var comma = header.indexOf(',');
    if (comma < 1 || comma > MAX_DIGITS || !isNumber(header, comma)) {
      return Optional.empty();
    }
    var millis = Long.parseLong(header, 0, comma, 10);
    try {
      var entropy = Base64.getDecoder().decode(header.substring(comma + 1).strip());
      return entropy.length == IdSeed.ENTROPY_BYTES && millis <= Ulid.MILLIS_MAX
          ? Optional.of(new IdSeed(millis, entropy))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isNumber(String text, int end) {
    return text.substring(0, end).chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
