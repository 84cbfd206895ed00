package dev.stepwell.server.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server as a process of its own; each start is another life of it. */
final class ServerProcess implements AutoCloseable {

  private static final List<String> FLAGS =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData");

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it alone, with its data in {@code directory}.
   *
   * @param settings of the configuration
   */
  static ServerProcess start(Path directory, int life, Map<String, Object> settings)
      throws IOException {
    var data = List.of(directory.resolve("data").toString());
    return start(directory, "server", life, settings, data);
  }

  /**
   * Starts it as one of several.
   *
   * @param name of the file in {@code directory} that has what it prints
   */
  static ServerProcess startClustered(
      Path directory, String name, int life, Map<String, Object> settings) throws IOException {
    return start(directory, name, life, settings, List.of());
  }

  private static ServerProcess start(
      Path directory, String name, int life, Map<String, Object> settings, List<String> more)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    logging().ifPresent(command::add);
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CrashServer.class.getName());
    command.addAll(List.of(ledger(directory).toString(), Integer.toString(life)));
    command.addAll(more);
    var log = directory.resolve(name + ".log").toFile();
    return new ServerProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start());
  }

  static Path ledger(Path directory) {
    return directory.resolve("ledger");
  }

  private static Optional<String> logging() {
    return Optional.ofNullable(System.getProperty("logback.configurationFile"))
        .map(file -> "-Dlogback.configurationFile=" + file);
  }

  /**
   * Lets it live for a while.
   *
   * @return whether it did
   */
  boolean survives(Duration time) throws InterruptedException {
    return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends it a signal, such as {@code STOP}. */
  void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("no signal " + name + " was sent to process " + process.pid());
    }
  }

  /**
   * Asks it to end.
   *
   * @return whether it did in time
   */
  boolean stop(Duration within) throws InterruptedException {
    process.destroy();
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it as the kernel does, with no chance to do anything about it. */
  @Override
  public void close() {
    var _ = process.destroyForcibly().onExit().join();
  }
}
