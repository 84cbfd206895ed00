package dev.stepwell.server.cli;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.stepwell.server.logging.Verbosity;
import dev.stepwell.server.node.NodeBuilder;
import java.util.HashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One of several nodes, on Cassandra. */
@Command(
    name = "start",
    description =
        "Starts one of several nodes, which keep everything in Cassandra, and runs until it is"
            + " stopped.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "All nodes are started with the same contact points, at once or one after the other: the first",
      "that comes up joins the others or begins the cluster with them. With no contact points a node",
      "is alone. Any node takes any request.",
      "More can be set in an application.conf on the class path, with -Dkey=value in STEPWELL_JAVA_OPTS,",
      "and in the environment: TLS between nodes, passwords, contact points from DNS or Kubernetes. The",
      "keys are stepwell.cluster and stepwell.cassandra, each explained in a reference.conf.",
      "Ctrl-C or SIGTERM stops it gracefully: its work moves to the other nodes."
    })
final class StartCli implements Callable<Integer> {

  @Mixin private ListenOptions listen = new ListenOptions();

  @Option(
      names = "--cluster-host",
      paramLabel = "HOST",
      description =
          "Where the other nodes reach this one (default: 127.0.0.1). Or STEPWELL_CLUSTER_HOST.")
  private @Nullable String clusterHost;

  @Option(
      names = "--cluster-port",
      paramLabel = "PORT",
      description = "And on which port (default: 25520). Or STEPWELL_CLUSTER_PORT.")
  private @Nullable Integer clusterPort;

  @Option(
      names = "--contact-points",
      paramLabel = "HOST:PORT,...",
      description =
          "Nodes to look for, the same on all of them; this one may be among them. Or"
              + " STEPWELL_CLUSTER_CONTACT_POINTS.")
  private @Nullable String contactPoints;

  @Mixin private CassandraOptions cassandra = new CassandraOptions();

  @Mixin private FunctionOptions functions = new FunctionOptions();

  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() {
    log.apply(ConsoleTarget.SystemOut, Verbosity.INFO);
    var node = listen.apply(new NodeBuilder().clustered());
    set(node, "stepwell.cluster.host", clusterHost);
    set(node, "stepwell.cluster.port", clusterPort);
    set(node, "stepwell.cluster.contact-points.list", contactPoints);
    var settings = new HashMap<String, Object>();
    cassandra.putInto(settings);
    settings.forEach(node::setting);
    return Lives.live(node.functions(functions.load()));
  }

  private static void set(NodeBuilder node, String key, @Nullable Object value) {
    if (value != null) {
      node.setting(key, value);
    }
  }
}
