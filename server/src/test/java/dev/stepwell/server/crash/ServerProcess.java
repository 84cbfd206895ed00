package dev.stepwell.server.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
   * Starts it; what it prints goes to {@code server.log} in {@code directory}.
   *
   * @param shortPause up to here the engine keeps a pausing run in memory
   */
  static ServerProcess start(Path directory, int port, int life, Duration shortPause)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    logging().ifPresent(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CrashServer.class.getName());
    command.addAll(
        List.of(
            directory.resolve("data").toString(),
            ledger(directory).toString(),
            Integer.toString(port),
            Integer.toString(life),
            shortPause.toMillis() + "ms"));
    var log = directory.resolve("server.log").toFile();
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

  /** Ends it as the kernel does, with no chance to do anything about it. */
  @Override
  public void close() {
    var _ = process.destroyForcibly().onExit().join();
  }
}
