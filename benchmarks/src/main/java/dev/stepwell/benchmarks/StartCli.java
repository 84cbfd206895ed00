package dev.stepwell.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the start of the process to the first answer. */
@Command(name = "start", description = "How long `stepwell dev` takes until it answers.")
final class StartCli implements Callable<Integer> {

  private static final byte[] HEALTH =
      "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final long POLL_MILLIS = 5;
  private static final long GIVE_UP_SECONDS = 120;

  @Option(names = "--times", defaultValue = "7")
  private int times;

  @Option(names = "--command", defaultValue = "bin/stepwell")
  private Path command = Path.of("");

  @Option(names = "--dir", defaultValue = "benchmarks/target/data")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    var version = new ArrayList<Long>();
    var memory = new ArrayList<Long>();
    var embedded = new ArrayList<Long>();
    for (var i = 0; i <= times; i++) {
      var data = StoreKind.fresh(directory);
      var took =
          List.of(version(), start("--in-memory"), start("--data-dir=" + data.resolve("data")));
      StoreKind.delete(data);
      // The first of each fills the system's caches, and may build.
      if (i > 0) {
        version.add(took.get(0));
        memory.add(took.get(1));
        embedded.add(took.get(2));
      }
    }
    print("version", version, null);
    print(StoreKind.MEMORY.word(), memory, median(version));
    print(StoreKind.EMBEDDED.word(), embedded, median(version));
    return 0;
  }

  private static void print(String what, List<Long> nanos, @Nullable Double base) {
    new Figure("start")
        .word("of", what)
        .count("times", nanos.size())
        .millis("median_ms", (long) median(nanos))
        .millis("max_ms", Collections.max(nanos))
        .ratio("ratio_to_version", median(nanos), base)
        .print();
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2);
  }

  /** A command that starts no node. */
  private long version() throws IOException, InterruptedException {
    var begun = System.nanoTime();
    var process = process("version").start();
    var _ = process.waitFor();
    return System.nanoTime() - begun;
  }

  private long start(String store) throws IOException, InterruptedException {
    var port = freePort();
    var begun = System.nanoTime();
    var process = process("dev", "--port=" + port, store).start();
    try {
      while (!answers(port)) {
        var waited = System.nanoTime() - begun;
        if (!process.isAlive() || waited > TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS)) {
          throw new IllegalStateException(command + " dev did not come up");
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      return System.nanoTime() - begun;
    } finally {
      process.destroy();
      var _ = process.waitFor();
    }
  }

  private ProcessBuilder process(String... arguments) {
    var words = new ArrayList<String>();
    words.add(command.toAbsolutePath().toString());
    Collections.addAll(words, arguments);
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(HEALTH);
      var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return status.endsWith("200");
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
