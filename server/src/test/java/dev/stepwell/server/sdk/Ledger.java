package dev.stepwell.server.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an app's steps have done, line by line: a run's id, and what. */
record Ledger(Path file) {

  /** What was done for a run, in its order. */
  List<String> of(String run) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(run + " "))
            .map(line -> line.substring(run.length() + 1))
            .toList()
        : List.of();
  }
}
