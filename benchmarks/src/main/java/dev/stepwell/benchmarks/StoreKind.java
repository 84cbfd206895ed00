package dev.stepwell.benchmarks;

import dev.stepwell.server.Stepwell;
import dev.stepwell.server.node.NodeBuilder;
import dev.stepwell.testkit.cassandra.CommitLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a node keeps what it knows. */
enum StoreKind {
  /** What the others are compared with. */
  MEMORY,
  EMBEDDED,
  /** Cassandra, whose commit log is synced every ten seconds: its own default. */
  CASSANDRA,
  /** Cassandra, which syncs before it acknowledges. */
  CASSANDRA_BATCH,
  /** As {@link #CASSANDRA}, but facts are in the ready-made journal of Pekko. */
  CASSANDRA_READY_MADE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A node on a free port, its data in {@code directory} if it keeps any. */
  NodeBuilder node(Path directory) {
    return nodes(directory, 1).getFirst();
  }

  /**
   * So many nodes that are one engine.
   *
   * @throws IllegalArgumentException if there can't be several on this store
   */
  List<NodeBuilder> nodes(Path directory, int count) {
    if (count > 1 && sync().isEmpty()) {
      throw new IllegalArgumentException("only Cassandra is for several nodes, not " + word());
    }
    var nodes =
        sync()
            .map(sync -> Rings.on(sync, count))
            .orElseGet(() -> {
              var node = Stepwell.node();
              return List.of(this == MEMORY ? node.inMemory() : node.dataDir(directory));
            });
    if (this == CASSANDRA_READY_MADE) {
      ReadyMadeJournal.use(nodes, Rings.cassandra(CommitLog.PERIODIC).contactPoint());
    }
    return nodes.stream().map(node -> node.port(0)).toList();
  }

  /** CPU time that a store in a process of its own has used so far. */
  Duration cpu() {
    return sync().map(sync -> Rings.cassandra(sync).cpu()).orElse(Duration.ZERO);
  }

  private Optional<CommitLog> sync() {
    return switch (this) {
      case MEMORY, EMBEDDED -> Optional.empty();
      case CASSANDRA, CASSANDRA_READY_MADE -> Optional.of(CommitLog.PERIODIC);
      case CASSANDRA_BATCH -> Optional.of(CommitLog.BATCH);
    };
  }

  /** A directory for a node's data, below {@code parent}. */
  static Path fresh(Path parent) {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "node-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
