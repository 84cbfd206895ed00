package dev.stepwell.engine.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Compares a node that wants to join with a node of the cluster, on both of them. Versions are
 * ranges: each side says what it speaks and what is the oldest that it still understands, so that
 * nodes can be replaced by newer ones one after the other.
 */
public final class JoinCheck extends JoinConfigCompatChecker {

  /** What nodes of this version say to each other; one more when old nodes would not understand. */
  private static final int PROTOCOL = 1;

  private static final int PROTOCOL_OLDEST = 1;

  private static final String PARTITIONS = "stepwell.engine.partitions";
  private static final String PROTOCOL_PATH = "stepwell.cluster.protocol";
  private static final String SCHEMA_PATH = "stepwell.cluster.schema";

  /** A thing with versions. */
  private record Versioned(String path, String name) {
    String version() {
      return path + ".version";
    }

    String oldest() {
      return path + ".oldest";
    }
  }

  private static final List<Versioned> VERSIONED =
      List.of(
          new Versioned(PROTOCOL_PATH, "protocol between nodes"),
          new Versioned(SCHEMA_PATH, "schema of the store"));

  /** The same configuration with what this version is; nobody else can say that. */
  public static Config stamped(Config config) {
    return ConfigFactory.parseMap(
            Map.of(
                PROTOCOL_PATH + ".version", PROTOCOL, PROTOCOL_PATH + ".oldest", PROTOCOL_OLDEST))
        .withFallback(config);
  }

  @Override
  public Seq<String> requiredKeys() {
    var keys = new ArrayList<String>();
    keys.add(PARTITIONS);
    for (var versioned : VERSIONED) {
      keys.add(versioned.version());
      keys.add(versioned.oldest());
    }
    return seq(keys);
  }

  @Override
  public ConfigValidation check(Config theirs, Config ours) {
    var differences = differences(theirs, ours);
    return differences.isEmpty() ? Valid$.MODULE$ : new Invalid(seq(differences));
  }

  /** What keeps two nodes from being in one cluster, in sentences. */
  static List<String> differences(Config theirs, Config ours) {
    var differences = new ArrayList<String>();
    if (theirs.getInt(PARTITIONS) != ours.getInt(PARTITIONS)) {
      differences.add(
          "One node has %s = %d, the other %d. It is fixed for the life of a cluster: give the node the cluster's value."
              .formatted(PARTITIONS, theirs.getInt(PARTITIONS), ours.getInt(PARTITIONS)));
    }
    for (var versioned : VERSIONED) {
      if (!understands(versioned, theirs, ours) || !understands(versioned, ours, theirs)) {
        differences.add(
            "One node has version %d of the %s, the other %d, and one does not understand the other. Use versions of Stepwell that follow each other."
                .formatted(
                    theirs.getInt(versioned.version()),
                    versioned.name(),
                    ours.getInt(versioned.version())));
      }
    }
    return differences;
  }

  private static boolean understands(Versioned versioned, Config one, Config other) {
    return one.getInt(versioned.version()) >= other.getInt(versioned.oldest());
  }

  private static Seq<String> seq(List<String> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
