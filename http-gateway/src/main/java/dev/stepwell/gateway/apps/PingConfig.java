package dev.stepwell.gateway.apps;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which apps are asked what they have. {@code reference.conf} says what each means.
 *
 * @param urls in their normal form
 * @param poll how often all apps are asked; empty if those that have answered are left alone
 * @param ports of this machine where apps are looked for; may be empty
 */
public record PingConfig(List<String> urls, Optional<Duration> poll, List<Integer> ports) {

  private static final String KEY = "stepwell.gateway.apps";
  private static final Set<String> OFF = Set.of("off", "no", "false");
  private static final int PORT_MAX = 65_535;

  /** Where frameworks listen if they aren't told otherwise. */
  private static final List<Integer> USUAL_PORTS =
      Stream.of(
              IntStream.of(80, 443),
              IntStream.rangeClosed(3000, 3010),
              IntStream.of(4321, 5000, 5173, 8000, 8080, 8081, 8787, 8888),
              IntStream.rangeClosed(8910, 8915))
          .flatMap(IntStream::boxed)
          .toList();

  public PingConfig {
    urls = List.copyOf(urls);
    ports = List.copyOf(ports);
    if (poll.isPresent() && !poll.get().isPositive()) {
      throw new IllegalArgumentException(KEY + ".poll must be positive, was " + poll.get());
    }
  }

  /**
   * Reads {@code stepwell.gateway.apps}.
   *
   * @throws IllegalArgumentException if a value makes no sense
   * @throws ConfigException if a value is missing or of another type
   */
  public static PingConfig from(Config root) {
    var config = root.getConfig(KEY);
    var urls = new ArrayList<String>();
    for (var url : config.getStringList("urls")) {
      urls.add(
          AppUrl.normal(url)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "The URL of an app begins with http:// or https://, but this is '%s'"
                          .formatted(url))));
    }
    var poll =
        OFF.contains(config.getString("poll"))
            ? Optional.<Duration>empty()
            : Optional.of(config.getDuration("poll"));
    return new PingConfig(
        urls, poll, config.getBoolean("discovery") ? ports(System.getenv("PORT")) : List.of());
  }

  /** Whether there is nothing to do. */
  public boolean isOff() {
    return urls.isEmpty() && poll.isEmpty() && ports.isEmpty();
  }

  /** The usual ports, and the one that programs here are told to listen at. */
  private static List<Integer> ports(@Nullable String told) {
    if (told == null || !told.matches("[0-9]{1,5}")) {
      return USUAL_PORTS;
    }
    var port = Integer.parseInt(told);
    return port < 1 || port > PORT_MAX || USUAL_PORTS.contains(port)
        ? USUAL_PORTS
        : Stream.concat(USUAL_PORTS.stream(), Stream.of(port)).toList();
  }
}
