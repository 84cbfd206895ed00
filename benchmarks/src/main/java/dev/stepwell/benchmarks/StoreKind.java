package dev.stepwell.benchmarks;

import dev.stepwell.server.Stepwell;
import dev.stepwell.server.node.NodeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;

/** Where a node keeps what it knows. */
enum StoreKind {
  /** What the others are compared with. */
  MEMORY,
  EMBEDDED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A node on a free port, its data in {@code directory} if it keeps any. */
  NodeBuilder node(Path directory) {
    var node = Stepwell.node().port(0);
    return switch (this) {
      case MEMORY -> node.inMemory();
      case EMBEDDED -> node.dataDir(directory);
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
