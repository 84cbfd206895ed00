package dev.stepwell.gateway.call;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How apps are called. {@code reference.conf} says what each means.
 *
 * @param connectionsPerHost calls to one host and port under way at once, at most
 * @param privateNetworks whether addresses may be called that only this machine or its network
 *     knows
 */
public record CallConfig(
    Duration timeout,
    Duration connectTimeout,
    int connectionsPerHost,
    long maxResponseBytes,
    int maxRedirects,
    boolean privateNetworks) {

  public CallConfig {
    if (connectionsPerHost < 1) {
      throw new IllegalArgumentException(
          "stepwell.gateway.calls.connections-per-host must be at least 1, was "
              + connectionsPerHost);
    }
  }

  /**
   * Reads {@code stepwell.gateway.calls}.
   *
   * @throws IllegalArgumentException if a value is outside of its bounds
   * @throws com.typesafe.config.ConfigException if a value is missing or of another type
   */
  public static CallConfig from(Config root) {
    var config = root.getConfig("stepwell.gateway.calls");
    return new CallConfig(
        config.getDuration("timeout"),
        config.getDuration("connect-timeout"),
        config.getInt("connections-per-host"),
        config.getBytes("max-response-size"),
        config.getInt("max-redirects"),
        config.getBoolean("private-networks"));
  }
}
