package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A JVM of its own that opens a store, to be killed or starved of disk. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /**
   * Starts {@code main} with {@code arguments}.
   *
   * @param shell what the shell does first, such as setting a limit; may be empty
   * @param home has room for temporary files, which a kill leaves behind
   */
  static Child start(String shell, Path home, Class<?> main, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + home,
            // Not unpacked by each child, and not leftover from each.
            "-Djava.library.path=" + library(home),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    var line = shell + " exec " + String.join(" ", command.stream().map(Child::quoted).toList());
    return new Child(
        new ProcessBuilder("sh", "-c", line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private static Path library(Path home) throws IOException {
    var file = System.mapLibraryName("rocksdbjni-linux64");
    if (!Files.exists(home.resolve(file))) {
      try (var library = Child.class.getResourceAsStream("/" + file)) {
        if (library != null) {
          Files.copy(library, home.resolve(file));
        }
      }
    }
    return home;
  }

  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }

  long pid() {
    return process.pid();
  }

  /** The next whole line, waiting for it. */
  String line() throws IOException {
    return Objects.requireNonNull(output.readLine(), "the child is gone");
  }

  /** All further lines until the child has ended; an unfinished last one does not count. */
  List<String> rest() throws IOException, InterruptedException {
    var text = new StringBuilder();
    var buffer = new char[1 << 16];
    for (var read = output.read(buffer); read >= 0; read = output.read(buffer)) {
      text.append(buffer, 0, read);
    }
    process.waitFor();
    return text.substring(0, text.lastIndexOf("\n") + 1).lines().toList();
  }

  /** With no chance to do anything about it; what it has said can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
