package dev.stepwell.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How to reach Cassandra and what to ask of it; each key is explained in {@code reference.conf}.
 *
 * @param contactPoints as {@code host:port}
 * @param replication copies by data centre
 * @param credentials empty if Cassandra asks for none
 * @param driver settings for the driver, by its own keys
 */
public record CassandraConfig(
    List<String> contactPoints,
    String localDatacenter,
    String keyspace,
    boolean createKeyspace,
    Map<String, Integer> replication,
    Optional<Credentials> credentials,
    String consistency,
    String serialConsistency,
    Duration requestTimeout,
    Duration startTimeout,
    int inFlightMax,
    long waitingBytesMax,
    int waitingReadsMax,
    Config driver) {

  private static final String PATH = "stepwell.cassandra";
  private static final int COPIES = 3;
  private static final int CQL_PORT = 9_042;

  /** What Cassandra takes as a name without quotes. */
  private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

  private static final List<String> SERIAL = List.of("SERIAL", "LOCAL_SERIAL");
  private static final List<String> PLAIN =
      List.of(
          "ANY",
          "ONE",
          "LOCAL_ONE",
          "TWO",
          "THREE",
          "QUORUM",
          "LOCAL_QUORUM",
          "EACH_QUORUM",
          "ALL");

  /** A user of Cassandra. Its text does not show the password. */
  public record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials[" + username + "]";
    }
  }

  public CassandraConfig {
    check(!contactPoints.isEmpty(), "contact-points", "must name a node");
    check(
        KEYSPACE.matcher(keyspace).matches(),
        "keyspace",
        "must be a lower-case letter and up to 47 letters, digits or _, was '" + keyspace + "'");
    check(
        replication.values().stream().allMatch(copies -> copies > 0),
        "replication",
        "must be 1 or more for each data centre, was " + replication);
    check(PLAIN.contains(consistency), "consistency", "must be one of " + PLAIN);
    check(SERIAL.contains(serialConsistency), "serial-consistency", "must be one of " + SERIAL);
    check(requestTimeout.isPositive(), "request-timeout", "must be longer than 0");
    check(startTimeout.isPositive(), "start-timeout", "must be longer than 0");
    check(inFlightMax > 0, "in-flight-max", "must be 1 or more");
    check(waitingBytesMax > 0, "waiting-bytes-max", "must be 1 or more");
    check(waitingReadsMax > 0, "waiting-reads-max", "must be 1 or more");
    contactPoints = List.copyOf(contactPoints);
    replication = Map.copyOf(replication);
  }

  /**
   * Reads {@code stepwell.cassandra}.
   *
   * @throws ConfigException if something is missing or has the wrong form
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public static CassandraConfig of(Config root) {
    var config = root.getConfig(PATH);
    var datacenter = config.getString("local-datacenter");
    return new CassandraConfig(
        contactPoints(config),
        datacenter,
        config.getString("keyspace"),
        config.getBoolean("create-keyspace"),
        replication(config.getConfig("replication"), datacenter),
        Optional.of(new Credentials(config.getString("username"), config.getString("password")))
            .filter(given -> !given.username().isEmpty()),
        config.getString("consistency"),
        config.getString("serial-consistency"),
        config.getDuration("request-timeout"),
        config.getDuration("start-timeout"),
        config.getInt("in-flight-max"),
        config.getBytes("waiting-bytes-max"),
        config.getInt("waiting-reads-max"),
        config.getConfig("driver"));
  }

  private static List<String> contactPoints(Config config) {
    var key = "contact-points";
    var given =
        config.getValue(key).valueType() == ConfigValueType.STRING
            ? Arrays.asList(config.getString(key).split(",", -1))
            : config.getStringList(key);
    return given.stream()
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty))
        .map(point -> hasPort(point) ? point : point + ":" + CQL_PORT)
        .toList();
  }

  /** IPv6 addresses are in brackets. */
  private static boolean hasPort(String point) {
    return point.lastIndexOf(':') > point.lastIndexOf(']');
  }

  private static Map<String, Integer> replication(Config config, String localDatacenter) {
    var copies = new TreeMap<String, Integer>();
    config.root().keySet().forEach(name -> copies.put(name, copies(config, name)));
    return copies.isEmpty() ? Map.of(localDatacenter, COPIES) : copies;
  }

  private static int copies(Config config, String datacenter) {
    return config.getInt(ConfigUtil.joinPath(datacenter));
  }

  private static void check(boolean good, String key, String what) {
    if (!good) {
      throw new IllegalArgumentException(PATH + "." + key + " " + what);
    }
  }
}
