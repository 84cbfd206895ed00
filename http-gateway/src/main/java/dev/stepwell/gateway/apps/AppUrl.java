package dev.stepwell.gateway.apps;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one form of a URL of an app or of a function, so that equal places have equal texts. */
final class AppUrl {

  private static final Pattern AUTHORITY =
      Pattern.compile("((?:[^@]*@)?)(\\[[0-9a-fA-F:.]+]|[^:@\\[\\]]+)(?::(\\d{0,5}))?");

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "0.0.0.0", "[::1]", "[::]");

  /** Parameters that say how the SDK was asked, and not where. */
  private static final Set<String> PASSING = Set.of("deployId", "probe");

  private AppUrl() {}

  /**
   * The normal form: this machine is {@code localhost}, the usual port is not said, and what was
   * asked of the SDK only once is left out.
   *
   * @return empty if it is no URL of HTTP with a host
   */
  static Optional<String> normal(String text) {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
    if (url.getScheme() == null || url.getRawAuthority() == null) {
      return Optional.empty();
    }
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    var authority = AUTHORITY.matcher(url.getRawAuthority());
    if (!scheme.equals("http") && !scheme.equals("https") || !authority.matches()) {
      return Optional.empty();
    }
    var host = authority.group(2).toLowerCase(Locale.ROOT);
    return Optional.of(
        scheme
            + "://"
            + authority.group(1)
            + (THIS_MACHINE.contains(host) ? "localhost" : host)
            + port(scheme, Optional.ofNullable(authority.group(3)).orElse(""))
            + url.getRawPath()
            + query(Optional.ofNullable(url.getRawQuery()).orElse("")));
  }

  private static String port(String scheme, String port) {
    var usual = scheme.equals("http") ? "80" : "443";
    return port.isEmpty() || port.equals(usual) ? "" : ":" + port;
  }

  private static String query(String query) {
    var kept =
        Arrays.stream(query.split("&"))
            .filter(parameter -> !parameter.isEmpty())
            .filter(parameter -> !PASSING.contains(parameter.split("=", 2)[0]))
            .collect(Collectors.joining("&"));
    return kept.isEmpty() ? "" : "?" + kept;
  }
}
