package dev.stepwell.gateway;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Where the gateway listens, and how much it takes on. {@code reference.conf} says what each means.
 *
 * @param port 0 to 65535; 0 lets the system choose one
 * @param maxEventBytes 1 to 3 MiB
 * @param maxBytesUnderWay at least {@code maxBodyBytes}
 * @param requestTimeout longer than {@code bodyTimeout}
 * @param eventKeys which keys may stand in {@code /e/{key}}
 */
public record GatewayConfig(
    String host,
    int port,
    int maxEventBytes,
    long maxBodyBytes,
    long maxBytesUnderWay,
    int maxRequestsUnderWay,
    Duration bodyTimeout,
    Duration requestTimeout,
    Duration firstRequestTimeout,
    Duration idleTimeout,
    Predicate<String> eventKeys) {

  private static final int MAX_EVENT_BYTES_MAX = 3 * 1024 * 1024;
  private static final int MAX_BODY_BYTES_MAX = 1024 * 1024 * 1024;
  private static final int MAX_PORT = 65_535;

  public GatewayConfig {
    require(port >= 0 && port <= MAX_PORT, "port must be 0 to 65535, was " + port);
    require(
        maxEventBytes >= 1 && maxEventBytes <= MAX_EVENT_BYTES_MAX,
        "max-event-size must be 1 byte to 3 MiB, was " + maxEventBytes);
    require(
        maxBodyBytes >= maxEventBytes && maxBodyBytes <= MAX_BODY_BYTES_MAX,
        "max-body-size must be max-event-size to 1 GiB, was " + maxBodyBytes);
    require(
        maxBytesUnderWay >= maxBodyBytes,
        "max-bytes-under-way must be at least max-body-size, was " + maxBytesUnderWay);
    require(
        maxRequestsUnderWay >= 1,
        "max-requests-under-way must be at least 1, was " + maxRequestsUnderWay);
    require(
        requestTimeout.compareTo(bodyTimeout) > 0,
        "request-timeout must be longer than body-timeout, was " + requestTimeout);
    require(
        idleTimeout.compareTo(requestTimeout) > 0,
        "idle-timeout must be longer than request-timeout, was " + idleTimeout);
  }

  /**
   * Reads {@code stepwell.gateway}; any event key is known.
   *
   * @throws IllegalArgumentException if a value is outside of its bounds
   * @throws com.typesafe.config.ConfigException if a value is missing or of another type
   */
  public static GatewayConfig from(Config root) {
    var config = root.getConfig("stepwell.gateway");
    return new GatewayConfig(
        config.getString("host"),
        config.getInt("port"),
        Math.toIntExact(config.getBytes("max-event-size")),
        config.getBytes("max-body-size"),
        config.getBytes("max-bytes-under-way"),
        config.getInt("max-requests-under-way"),
        config.getDuration("body-timeout"),
        config.getDuration("request-timeout"),
        config.getDuration("first-request-timeout"),
        config.getDuration("idle-timeout"),
        _ -> true);
  }

  /** The same, but only these event keys are known; compares in constant time, please. */
  public GatewayConfig withEventKeys(Predicate<String> known) {
    return new GatewayConfig(
        host,
        port,
        maxEventBytes,
        maxBodyBytes,
        maxBytesUnderWay,
        maxRequestsUnderWay,
        bodyTimeout,
        requestTimeout,
        firstRequestTimeout,
        idleTimeout,
        known);
  }

  /** The same at another address. */
  public GatewayConfig at(String otherHost, int otherPort) {
    return new GatewayConfig(
        otherHost,
        otherPort,
        maxEventBytes,
        maxBodyBytes,
        maxBytesUnderWay,
        maxRequestsUnderWay,
        bodyTimeout,
        requestTimeout,
        firstRequestTimeout,
        idleTimeout,
        eventKeys);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("stepwell.gateway." + rule);
    }
  }
}
