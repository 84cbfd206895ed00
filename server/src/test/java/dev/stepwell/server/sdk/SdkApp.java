package dev.stepwell.server.sdk;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An application with a real SDK, in a process of its own. The SDK is installed from its registry
 * below {@code target}, once for all tests of a build.
 */
final class SdkApp implements AutoCloseable {

  /** What an application is written in. */
  enum Language {
    TYPESCRIPT(".mjs"),
    PYTHON(".py");

    private final String ending;

    Language(String ending) {
      this.ending = ending;
    }

    private List<List<String>> installation() {
      return switch (this) {
        case TYPESCRIPT -> List.of(List.of("npm", "install", "--no-audit", "--no-fund"));
        case PYTHON ->
            List.of(
                List.of("python3", "-m", "venv", "venv"),
                List.of("venv/bin/pip", "install", "--quiet", "-r", "requirements.txt"));
      };
    }

    private String interpreter(Path directory) {
      return switch (this) {
        case TYPESCRIPT -> "node";
        case PYTHON -> directory.resolve("venv/bin/python").toString();
      };
    }
  }

  private static final Path SOURCES = Path.of("src", "test", "sdk");
  private static final Path INSTALLED = Path.of("target", "sdk");
  private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
  private static final Duration READY_WITHIN = Duration.ofMinutes(1);

  private final Process process;
  private final int port;

  private SdkApp(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one, and waits until it takes connections.
   *
   * @param program which one, without its ending
   */
  static SdkApp start(Language language, String program, Map<String, String> environment)
      throws IOException, InterruptedException {
    var directory = install(language);
    var port = freePort();
    var log = directory.resolve(program + ".log");
    var builder =
        new ProcessBuilder(
                language.interpreter(directory), program + language.ending, Integer.toString(port))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    var app = new SdkApp(builder.start(), port);
    await()
        .alias("the application takes connections; see " + log)
        .atMost(READY_WITHIN)
        .until(() -> !app.process.isAlive() || app.takesConnections());
    if (!app.process.isAlive()) {
      throw new IOException("the application has ended: " + Files.readString(log));
    }
    return app;
  }

  int port() {
    return port;
  }

  private boolean takesConnections() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static Path install(Language language) throws IOException, InterruptedException {
    var name = language.name().toLowerCase(Locale.ROOT);
    var directory = Files.createDirectories(INSTALLED.resolve(name)).toAbsolutePath();
    var changed = false;
    try (var files = Files.list(SOURCES.resolve(name))) {
      for (var file : files.toList()) {
        var copy = directory.resolve(file.getFileName());
        if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
          changed = true;
        }
      }
    }
    var done = directory.resolve("installed");
    if (changed || !Files.exists(done)) {
      Files.deleteIfExists(done);
      for (var command : language.installation()) {
        run(directory, command);
      }
      Files.createFile(done);
    }
    return directory;
  }

  private static void run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(command);
    if (words.getFirst().contains("/")) {
      words.set(0, directory.resolve(words.getFirst()).toString());
    }
    var log = directory.resolve("install.log");
    var process =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(INSTALLED_WITHIN.toSeconds(), TimeUnit.SECONDS)
        || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed: " + Files.readString(log));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
