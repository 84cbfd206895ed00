package dev.stepwell.gateway.apps;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an app's SDK says of itself, such as {@code js:v4.18.1}.
 *
 * @param version without the {@code v}; may be empty
 */
record SdkVersion(String language, String version) {

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");
  private static final int[] FIRST_AFFECTED = {3, 22, 0};
  private static final int[] FIRST_FIXED = {3, 54, 0};

  static SdkVersion parse(String sdk) {
    var parts = sdk.split(":", 2);
    var version = parts.length == 1 ? "" : parts[1];
    return new SdkVersion(parts[0], version.startsWith("v") ? version.substring(1) : version);
  }

  /** What everybody should know who uses this version. */
  Optional<String> danger() {
    var numbers = NUMBERS.matcher(version);
    if (!language.equals("js") || !numbers.matches()) {
      return Optional.empty();
    }
    var parts = new int[3];
    Arrays.setAll(parts, i -> Integer.parseInt(numbers.group(i + 1)));
    return Arrays.compare(parts, FIRST_AFFECTED) >= 0 && Arrays.compare(parts, FIRST_FIXED) < 0
        ? Optional.of(
            "the Inngest SDK %s for JavaScript has the security hole CVE-2026-42047: upgrade it to 3.54.0 or later"
                .formatted(version))
        : Optional.empty();
  }
}
