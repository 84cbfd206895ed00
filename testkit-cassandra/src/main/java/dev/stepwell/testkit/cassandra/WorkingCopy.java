package dev.stepwell.testkit.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the working copy has what a node needs: Cassandra's jars, and a Java that runs them. */
final class WorkingCopy {

  private static final String JARS = "testkit-cassandra/jars/target/lib";
  private static final String FIND_JDK = "bin/find-jdk";

  // Newer ones have no security manager, without which Cassandra 5 does not start.
  private static final String JAVA_FROM = "17";
  private static final String JAVA_TO = "21";

  private final Path root;

  private WorkingCopy(Path root) {
    this.root = root;
  }

  /** Looks upwards from where this class was loaded from, then from the current directory. */
  static WorkingCopy find() {
    for (var start : List.of(codeSource(), Path.of("").toAbsolutePath())) {
      for (var at = start; at != null; at = at.getParent()) {
        if (Files.isExecutable(at.resolve(FIND_JDK))) {
          return new WorkingCopy(at);
        }
      }
    }
    throw new CassandraNotStartedException(
        "not in a working copy of Stepwell: there is no " + FIND_JDK + " above " + codeSource());
  }

  private static Path codeSource() {
    try {
      return Path.of(WorkingCopy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class's place is a URI", e);
    }
  }

  /** The directory with Cassandra's jars. */
  Path jars() {
    var jars = root.resolve(JARS);
    if (!Files.isDirectory(jars)) {
      throw new CassandraNotStartedException(
          "Cassandra's jars are not in "
              + jars
              + "; \"mvn generate-resources -pl testkit-cassandra/jars\" puts them there");
    }
    return jars;
  }

  /** The program that runs Java for Cassandra. */
  Path java() {
    var command = List.of(root.resolve(FIND_JDK).toString(), "java", JAVA_FROM, JAVA_TO);
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new CassandraNotStartedException(answer);
      }
      return Path.of(answer, "bin", "java");
    } catch (IOException e) {
      throw new CassandraNotStartedException("could not run " + command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CassandraNotStartedException("interrupted", e);
    }
  }
}
