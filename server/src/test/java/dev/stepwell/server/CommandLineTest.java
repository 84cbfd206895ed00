package dev.stepwell.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says to right and wrong commands, without a server. */
class CommandLineTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "runs",
        "runs get",
        "send",
        "send order/placed --data {",
        "send order/placed --data []",
        "send order/placed --data @/no/such/file",
        "send order/placed --url 127.0.0.1:8288",
        "dev --port many",
        "dev --in-memory -u localhost:3000",
        "dev --in-memory --data-dir x",
        "dev --classpath /no/such/directory",
        "dev --log-level loud",
        "runs list --output xml"
      })
  void whatMakesNoSenseExitsWith2(String line) {
    var command = Cli.execute(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(command.exitCode()).as(command.toString()).isEqualTo(2);
    assertThat(command.err()).isNotBlank().doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "version",
        "dev --help",
        "demo --help",
        "send --help",
        "runs --help",
        "runs list --help"
      })
  void helpIsPrintedAndExitsWith0(String line) {
    var command = Cli.execute(line.split(" "));
    assertThat(command.exitCode()).as(command.toString()).isZero();
    assertThat(command.out()).isNotBlank();
    assertThat(command.err()).isEmpty();
  }

  @Test
  void theHelpNamesEveryExitCode() {
    assertThat(Cli.execute("--help").out()).contains("  0 ", "  1 ", "  2 ", "  3 ", "  4 ", "130");
  }

  @ParameterizedTest
  @ValueSource(strings = {"send order/placed", "runs list", "runs get 01ARZ3NDEKTSV4RRFFQ69G5FAV"})
  void aServerThatIsNotThereExitsWith3AndASentence(String line) throws IOException {
    var command = Cli.execute((line + " --url http://127.0.0.1:" + closedPort()).split(" "));
    assertThat(command.exitCode()).isEqualTo(3);
    assertThat(command.err()).startsWith("stepwell: No Stepwell server answers").hasLineCount(1);
  }

  @Test
  void aClassPathWithoutFunctionsIsToldInASentence() {
    var command = Cli.execute("dev", "--classpath", directory.toString());
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err())
        .contains("META-INF/services/dev.stepwell.DurableFunction")
        .hasLineCount(1);
  }

  @Test
  void aFunctionThatCanNotBeLoadedIsToldInASentence() throws IOException {
    var services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.write(services.resolve("dev.stepwell.DurableFunction"), List.of("shop.Missing"));
    var command = Cli.execute("dev", "--classpath", directory.toString());
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err()).contains("shop.Missing").hasLineCount(1);
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
