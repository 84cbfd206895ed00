package dev.stepwell.testkit.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * A ring as a program of its own, for {@code scripts/cluster}. It does what is written to its
 * standard input, a line each: {@code kill 2}, {@code start 2}, {@code pause 2}, {@code resume 2},
 * {@code lose 0.05}: see {@link ChaosProxy.Loss}. It ends, and the ring with it, at the end of the
 * input.
 */
public final class RingProgram {

  /** Longer than nodes wait for an answer. */
  private static final Duration LATE = Duration.ofSeconds(7);

  private static final String PROMPT = "ring: ";

  private RingProgram() {}

  /**
   * Arguments: how many nodes, the directory, the port for CQL, the port between nodes, and how the
   * commit log is synced: {@code periodic}, {@code batch} or {@code group}; with {@code proxied}
   * behind it, clients come through proxies.
   */
  public static void main(String[] arguments) throws IOException {
    var plain =
        CassandraOptions.DEFAULT.with(CommitLog.valueOf(arguments[4].toUpperCase(Locale.ROOT)));
    var options = arguments.length > 5 ? plain.behindProxies() : plain;
    try (var ring =
        CassandraRing.start(
            Integer.parseInt(arguments[0]),
            options,
            Path.of(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]))) {
      say("up at " + ring.contactPoints());
      obey(ring);
    }
  }

  private static void obey(CassandraRing ring) throws IOException {
    try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var words = line.strip().split(" ", -1);
        try {
          if (words[0].equals("lose")) {
            ring.lose(new ChaosProxy.Loss(Double.parseDouble(words[1]), LATE));
          } else {
            obey(ring.node(Integer.parseInt(words[1]) - 1), words[0]);
          }
          say("done: " + line);
        } catch (RuntimeException e) {
          say("failed: " + line + ": " + e);
        }
      }
    }
  }

  private static void obey(CassandraNode node, String word) {
    switch (word) {
      case "kill" -> node.kill();
      case "start" -> node.restart();
      case "pause" -> node.pause();
      case "resume" -> node.resume();
      default -> throw new IllegalArgumentException("kill, start, pause or resume, not " + word);
    }
  }

  private static void say(String what) {
    System.out.println(PROMPT + what);
    System.out.flush();
  }
}
