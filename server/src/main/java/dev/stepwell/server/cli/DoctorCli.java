package dev.stepwell.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.cassandra.Checkup;
import dev.stepwell.cassandra.Finding;
import dev.stepwell.cassandra.Finding.Level;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.cluster.ClusterSettings;
import dev.stepwell.server.client.Client;
import dev.stepwell.server.client.ServerException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at what a cluster stands on. */
@Command(
    name = "doctor",
    description =
        "Looks at the configuration, at Cassandra and at running nodes, and says what is wrong."
            + " Changes nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 0 if nothing is bad, with 1 if something is.",
    })
final class DoctorCli implements Callable<Integer> {

  private static final String KEEP_MAJORITY = "keep-majority";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private CassandraOptions cassandra = new CassandraOptions();

  @Option(
      names = "--url",
      split = ",",
      paramLabel = "URL,...",
      description = "Nodes to look at; all of them, so that their clocks can be compared.")
  private List<URI> urls = List.of();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    var settings = new HashMap<String, Object>();
    // Who asks how things are does not wait for them to get well.
    settings.put("stepwell.cassandra.start-timeout", "5s");
    cassandra.putInto(settings);
    var config = ConfigFactory.parseMap(settings).withFallback(EngineStart.configuration());
    var findings = new ArrayList<Finding>();
    findings.addAll(configuration(config));
    findings.addAll(Checkup.of(config, clock));
    urls.forEach(url -> findings.addAll(node(config, url)));
    print(findings);
    return findings.stream().anyMatch(it -> it.level() == Level.BAD)
        ? ExitCode.NOT_COMPLETED
        : ExitCode.DONE;
  }

  private static List<Finding> configuration(Config config) {
    try {
      var cluster = ClusterSettings.of(config);
      var strategy = config.getString("pekko.cluster.split-brain-resolver.active-strategy");
      return List.of(
          new Finding(
              Level.GOOD,
              "this node",
              "reached by others at %s%s"
                  .formatted(cluster.self(), cluster.isAlone() ? ", alone" : "")),
          strategy.equals(KEEP_MAJORITY)
              ? new Finding(Level.GOOD, "split brain", "the majority goes on (" + strategy + ")")
              : new Finding(
                  Level.RISKY, "split brain", strategy + "; only keep-majority was tried"),
          cluster.tls().isPresent()
              ? new Finding(Level.GOOD, "between nodes", "encrypted, with certificates")
              : new Finding(
                  Level.RISKY,
                  "between nodes",
                  "not encrypted: whoever reaches the port can join; set stepwell.cluster.tls, or let nobody reach it"));
    } catch (ConfigException | IllegalArgumentException e) {
      return List.of(new Finding(Level.BAD, "configuration", String.valueOf(e.getMessage())));
    }
  }

  private List<Finding> node(Config config, URI url) {
    try (var client = new Client(url)) {
      var before = clock.instant();
      var answer = client.get("/v1/cluster");
      var after = clock.instant();
      return List.of(clockOf(config, url, answer, before, after), clusterOf(url, answer));
    } catch (ServerException e) {
      return List.of(new Finding(Level.BAD, url.toString(), String.valueOf(e.getMessage())));
    }
  }

  private static Finding clockOf(
      Config config, URI url, JsonNode answer, Instant before, Instant after) {
    var theirs = Instant.parse(answer.path("metadata").path("fetched_at").asText());
    var middle = before.plus(Duration.between(before, after).dividedBy(2));
    var apart = Duration.between(middle, theirs).abs();
    var max = ClusterSettings.of(config).clockSkewMax();
    var text = "%d ms from the clock here".formatted(apart.toMillis());
    return apart.compareTo(max.dividedBy(2)) <= 0
        ? new Finding(Level.GOOD, "clock of " + url, text)
        : new Finding(
            Level.BAD,
            "clock of " + url,
            text + "; two nodes may differ by stepwell.cluster.clock-skew-max (%s)".formatted(max));
  }

  private static Finding clusterOf(URI url, JsonNode answer) {
    var away = new ArrayList<String>();
    for (var node : answer.path("data")) {
      if (!node.path("reachable").asBoolean()) {
        away.add(node.path("address").asText());
      }
    }
    var count = answer.path("data").size();
    return away.isEmpty()
        ? new Finding(Level.GOOD, "cluster at " + url, count + " nodes, all reachable")
        : new Finding(Level.RISKY, "cluster at " + url, "does not reach " + away);
  }

  private void print(List<Finding> findings) {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    var marks = Map.of(Level.GOOD, "ok", Level.RISKY, "risky", Level.BAD, "BAD");
    var table = new Table("", "WHAT", "");
    for (var finding : findings) {
      table.add(marks.getOrDefault(finding.level(), ""), finding.subject(), finding.sentence());
    }
    table.print(out);
  }
}
