package dev.stepwell.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: signals, locks between processes, and kill -9. */
class ProgramTest {

  @TempDir private Path directory;

  @Test
  void stopsGracefullyOnSigterm() throws IOException, InterruptedException {
    try (var dev = dev("text")) {
      dev.awaitLine("listens at http://127.0.0.1:");
      dev.terminate();
      assertThat(dev.awaitEnd().lines().filter(line -> !isOfShardWithoutHome(line)).toList())
          .anyMatch(line -> line.contains("Stopping"))
          .noneMatch(line -> line.matches(".*(ERROR|WARN|Exception).*"));
      assertThat(dev.exitCode()).isEqualTo(128 + 15);
    }
  }

  /** Pekko's sharding says so if it is stopped so soon after a start that it was not done yet. */
  private static boolean isOfShardWithoutHome(String line) {
    return line.contains("WARN") && line.endsWith("[ShardRegion]");
  }

  @Test
  void logsOneJsonObjectALineForPrograms() throws IOException {
    try (var dev = dev("json")) {
      var line = dev.awaitLine("listens at");
      assertThat(line).startsWith("{").endsWith("}").contains("\"level\":\"INFO\"", "\"url\"");
    }
  }

  @Test
  void aDirectoryOfAnotherProcessIsRefused() throws IOException, InterruptedException {
    try (var first = dev("text")) {
      first.awaitLine("listens at");
      try (var second = dev("text")) {
        assertThat(second.awaitEnd())
            .contains("is in use by another Stepwell process (pid")
            .doesNotContain("\tat ");
        assertThat(second.exitCode()).isEqualTo(3);
      }
    }
  }

  @Test
  void anOrderGoesOnAfterKillMinus9() throws IOException, InterruptedException {
    try (var killed = demo()) {
      killed.awaitLine("until-collected");
      killed.kill();
    }
    try (var next = demo()) {
      var said = next.awaitEnd();
      assertThat(said)
          .contains("An order from before is still under way: watching it finish.")
          .contains("send-receipt", "The order is completed.")
          .doesNotContain("charge-card");
      assertThat(next.exitCode()).isZero();
    }
  }

  private Program dev(String logFormat) throws IOException {
    return Program.start("dev", "--port=0", "--data-dir=" + directory, "--log-format=" + logFormat);
  }

  private Program demo() throws IOException {
    return Program.start("demo", "--once", "--port=0", "--data-dir=" + directory);
  }
}
