package dev.stepwell.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, which may be killed. */
final class Program implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;
  private final List<String> read = new ArrayList<>();

  private Program(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  /** Starts it; what it prints, on either stream, is read by {@link #awaitLine}. */
  static Program start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /**
   * The next line that contains {@code text}.
   *
   * @throws AssertionError if the program ends without it
   */
  String awaitLine(String text) throws IOException {
    while (true) {
      var line = lines.readLine();
      if (line == null) {
        throw new AssertionError("no '" + text + "' in: " + String.join("\n", read));
      }
      read.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
  }

  /** All that it prints until it ends. */
  String awaitEnd() throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      read.add(line);
    }
    return String.join("\n", read);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("it does not end: " + String.join("\n", read));
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  void terminate() {
    // Not Process.destroy, which closes the streams too.
    var _ = process.toHandle().destroy();
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
