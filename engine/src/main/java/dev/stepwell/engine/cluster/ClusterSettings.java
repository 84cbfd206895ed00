package dev.stepwell.engine.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a node is for the others, and how it finds them; each is a key of {@code stepwell.cluster}
 * in {@code reference.conf}.
 *
 * @param self where others reach this node
 * @param bindHost the address that it listens at, if that is another one
 * @param required how many contact points must be reached to begin a cluster; 0 for more than half
 * @param clockSkewMax how far the clocks of two nodes may be apart
 */
public record ClusterSettings(
    HostPort self,
    Optional<String> bindHost,
    Optional<Integer> bindPort,
    List<String> roles,
    Discovery discovery,
    int required,
    Duration clockSkewMax,
    Optional<Tls> tls) {

  /** The role of nodes on which runs live. The others only take requests. */
  private static final String ENGINE_ROLE = "engine";

  /** A node that leaves gives its shards to others for so long. */
  private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(10);

  private static final String ROOT = "stepwell.cluster";

  public ClusterSettings {
    roles = List.copyOf(roles);
  }

  /** How contact points are found. */
  public sealed interface Discovery {
    /** As they are written down. Empty means this node alone. */
    record Listed(List<HostPort> points) implements Discovery {}

    /** As the addresses of a name. */
    record Named(String name, int port) implements Discovery {}

    /** As the pods with a label, by the API of Kubernetes. */
    record Kubernetes(
        String api, String namespace, String labelSelector, int port, Path token, Path ca)
        implements Discovery {}
  }

  /** PEM files: this node's key and certificate, and the authority that signed all nodes'. */
  public record Tls(Path key, Path certificate, Path authority) {}

  /**
   * Reads {@code stepwell.cluster}.
   *
   * @throws IllegalArgumentException if a value makes no sense; the message says which
   */
  public static ClusterSettings of(Config root) {
    var config = root.getConfig(ROOT);
    var self = new HostPort(config.getString("host"), config.getInt("port"));
    var discovery = discovery(config.getConfig("contact-points"));
    var required = config.getInt("contact-points.required");
    if (required < 0) {
      throw new IllegalArgumentException(
          ROOT + ".contact-points.required must be 0 or more, was " + required);
    }
    if (required == 0 && !(discovery instanceof Discovery.Listed)) {
      throw new IllegalArgumentException(
          """
          %s.contact-points.required must be set when contact points are looked up: how many of \
          them must be there before a cluster begins. More than half of the nodes there will be \
          is right (STEPWELL_CLUSTER_CONTACT_POINTS_REQUIRED).\
          """
              .formatted(ROOT));
    }
    return new ClusterSettings(
        self,
        text(config, "bind-host"),
        number(config, "bind-port"),
        texts(config, "roles"),
        discovery,
        required,
        config.getDuration("clock-skew-max"),
        tls(config.getConfig("tls")));
  }

  private static Discovery discovery(Config config) {
    var method = config.getString("method");
    return switch (method) {
      case "list" ->
          new Discovery.Listed(texts(config, "list").stream().map(HostPort::parse).toList());
      case "dns" -> new Discovery.Named(required(config, "dns.name"), config.getInt("dns.port"));
      case "kubernetes" -> {
        var pods = config.getConfig("kubernetes");
        yield new Discovery.Kubernetes(
            required(config, "kubernetes.api"),
            pods.getString("namespace"),
            required(config, "kubernetes.label-selector"),
            pods.getInt("port"),
            Path.of(pods.getString("token-file")),
            Path.of(pods.getString("ca-file")));
      }
      default ->
          throw new IllegalArgumentException(
              ROOT + ".contact-points.method is list, dns or kubernetes, not '" + method + "'");
    };
  }

  private static Optional<Tls> tls(Config config) {
    if (!config.getBoolean("enabled")) {
      return Optional.empty();
    }
    return Optional.of(
        new Tls(file(config, "key-file"), file(config, "cert-file"), file(config, "ca-file")));
  }

  private static Path file(Config config, String key) {
    var path = Path.of(config.getString(key));
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException(
          ROOT + ".tls." + key + " must name a file that can be read, was '" + path + "'");
    }
    return path.toAbsolutePath();
  }

  private static String required(Config config, String key) {
    return text(config, key)
        .orElseThrow(
            () -> new IllegalArgumentException(ROOT + ".contact-points." + key + " must be set"));
  }

  private static Optional<String> text(Config config, String key) {
    return Optional.of(config.getString(key)).filter(text -> !text.isBlank());
  }

  private static Optional<Integer> number(Config config, String key) {
    return text(config, key).map(_ -> config.getInt(key));
  }

  /** A list, or one text with commas, as environment variables have it. */
  private static List<String> texts(Config config, String key) {
    if (config.getValue(key).valueType() == ConfigValueType.LIST) {
      return config.getStringList(key);
    }
    return Arrays.stream(config.getString(key).split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** Whether this node is meant to be alone. */
  public boolean isAlone() {
    return discovery.equals(new Discovery.Listed(List.of()))
        || discovery.equals(new Discovery.Listed(List.of(self)));
  }

  /** How this node finds the others. */
  public Joining joining() {
    if (isAlone()) {
      return Joining.alone();
    }
    return switch (discovery) {
      case Discovery.Listed(var points) -> new Forming(ContactPoints.of(points), required);
      case Discovery.Named(var name, var port) ->
          new Forming(ContactPoints.named(name, port), required);
      case Discovery.Kubernetes pods -> new Forming(new KubernetesPods(pods), required);
    };
  }

  /** Lays over {@code config} what Pekko is to be told of this. */
  public Config over(Config config) {
    var pekko = new HashMap<String, Object>();
    pekko.put("pekko.remote.artery.canonical.hostname", self.host());
    pekko.put("pekko.remote.artery.canonical.port", self.port());
    bindHost.ifPresent(host -> pekko.put("pekko.remote.artery.bind.hostname", host));
    bindPort.ifPresent(port -> pekko.put("pekko.remote.artery.bind.port", port));
    pekko.put("pekko.cluster.roles", roles);
    pekko.put(
        "pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout",
        HAND_OVER_WITHIN);
    pekko.put("pekko.cluster.sharding.role", ENGINE_ROLE);
    pekko.put("stepwell.engine.clock-skew-max", clockSkewMax);
    tls.ifPresent(files -> pekko.putAll(pekko(files)));
    return ConfigFactory.parseMap(pekko).withFallback(config);
  }

  private static Map<String, Object> pekko(Tls files) {
    var engine = "pekko.remote.artery.ssl.rotating-keys-engine.";
    return Map.of(
        "pekko.remote.artery.transport",
        "tls-tcp",
        "pekko.remote.artery.ssl.ssl-engine-provider",
        "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider",
        engine + "key-file",
        files.key().toString(),
        engine + "cert-file",
        files.certificate().toString(),
        engine + "ca-cert-file",
        files.authority().toString());
  }
}
