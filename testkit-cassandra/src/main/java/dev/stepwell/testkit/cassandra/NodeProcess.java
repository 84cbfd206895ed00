package dev.stepwell.testkit.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that dies with this JVM, however this JVM dies: a shell beside it kills it when the
 * pipe from here breaks.
 */
final class NodeProcess {

  /** The program's output is its log's; the shell prints nothing but the program's process id. */
  private static final String SHELL =
      """
      log=$1; shift
      exec 3<&0
      "$@" >"$log" 2>&1 </dev/null 3<&- &
      node=$!
      echo $node
      { read -r _ <&3; kill -9 $node; } >/dev/null 2>&1 &
      watch=$!
      wait $node
      status=$?
      kill $watch
      exit $status
      """;

  private final Process shell;
  private final long pid;

  private NodeProcess(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  static NodeProcess start(List<String> program, Path log) throws IOException {
    var command = new ArrayList<>(List.of("sh", "-c", SHELL, "sh", log.toString()));
    command.addAll(program);
    var shell = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var out = new BufferedReader(new InputStreamReader(shell.getInputStream(), UTF_8));
    var line = out.readLine();
    if (line == null) {
      throw new IOException("the shell did not start " + program.getFirst());
    }
    return new NodeProcess(shell, Long.parseLong(line));
  }

  boolean isAlive() {
    return shell.isAlive();
  }

  /** Sends a signal, such as {@code STOP}. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid))
          .redirectErrorStream(true)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("could not signal process " + pid, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The CPU time it has used so far; none once it is gone. */
  Duration cpu() {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Waits for its end. */
  boolean waitFor(long millis) {
    try {
      return shell.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Kills it as {@code kill -9} does, and waits until it is gone. Harmless when it is. */
  void kill() {
    if (isAlive()) {
      signal("KILL");
      try {
        shell.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
