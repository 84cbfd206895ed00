package dev.stepwell.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.NonRetryableException;
import dev.stepwell.Steps;
import dev.stepwell.server.client.Client;
import dev.stepwell.server.node.CannotStartException;
import dev.stepwell.server.node.Node;
import dev.stepwell.server.node.NodeBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node in this process, asked by the command line over HTTP. */
class NodeTest {

  @EventName("test/guest-arrived")
  record GuestArrived(String name) {}

  record Greeting(String text) {}

  static final class Greet implements DurableFunction<GuestArrived, Greeting> {
    @Override
    public FunctionSpec<GuestArrived> spec() {
      return FunctionSpec.onEvent("greet", GuestArrived.class);
    }

    @Override
    public Greeting run(GuestArrived guest, Steps step) {
      if (guest.name().isEmpty()) {
        throw new NonRetryableException("a guest without a name");
      }
      var word = step.run("choose-word", () -> "Hello");
      return step.run("greet", () -> new Greeting(word + " " + guest.name()));
    }
  }

  @TempDir private Path directory;

  private NodeBuilder described() {
    return Stepwell.node().dataDir(directory).port(0).functions(new Greet());
  }

  private static Cli send(Node node, String name) {
    return Cli.execute(
        "send", "test/guest-arrived", "--wait", "--url=" + node.url(), "--data", name(name));
  }

  private static String name(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  @Test
  void aRunIsThereAfterARestart() {
    String run;
    try (var node = described().start()) {
      var sent = send(node, "Ada");
      assertThat(sent.exitCode()).as(sent.toString()).isZero();
      assertThat(sent.out()).contains("greet Completed {\"text\":\"Hello Ada\"}");
      run = sent.out().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
    }
    try (var node = described().start()) {
      var shown = Cli.execute("runs", "get", run, "--url=" + node.url());
      assertThat(shown.exitCode()).as(shown.toString()).isZero();
      assertThat(shown.out()).contains("Completed", "choose-word", "Hello Ada");
      var listed = Cli.execute("runs", "list", "-o", "json", "--url=" + node.url());
      assertThat(listed.out()).contains(run);
    }
  }

  @Test
  void metricsTellWhatRunsHaveDoneAndHowTheNodeIs() throws Exception {
    try (var node = described().start();
        var client = HttpClient.newHttpClient()) {
      send(node, "Ada");
      send(node, "Bob");
      send(node, "");
      var asked = HttpRequest.newBuilder(node.url().resolve("/metrics")).build();
      var first = client.send(asked, BodyHandlers.ofString()).body();
      send(node, "Cleo");
      var second = client.send(asked, BodyHandlers.ofString()).body();

      assertThat(first)
          .contains("inngest_function_run_started_total{fn=\"greet\"} 3.0")
          .contains("inngest_function_run_ended_total{fn=\"greet\",status=\"Completed\"} 2.0")
          .contains("inngest_function_run_ended_total{fn=\"greet\",status=\"Failed\"} 1.0")
          .contains("stepwell_steps_total{fn=\"greet\",state=\"completed\"}")
          .contains("stepwell_requests_under_way 1.0")
          .contains("stepwell_cluster_nodes{reachable=\"true\"} 1.0")
          .contains("jvm_memory_used_bytes");
      assertThat(second)
          .contains("inngest_function_run_started_total{fn=\"greet\"} 4.0")
          .doesNotContain("NaN");
    }
  }

  @Test
  void waitingForARunThatFailsExitsWith1() {
    try (var node = described().start()) {
      var sent = send(node, "");
      assertThat(sent.exitCode()).isEqualTo(1);
      assertThat(sent.out()).contains("greet Failed a guest without a name");
    }
  }

  @Test
  void waitingForWhatNobodyListensToExitsWith1AndSaysSo() {
    try (var node = described().start()) {
      var sent = Cli.execute("send", "test/unheard", "--wait", "--url=" + node.url());
      assertThat(sent.exitCode()).isEqualTo(1);
      assertThat(sent.err()).contains("no function listens to 'test/unheard'");
    }
  }

  @Test
  void aSecondEventWithTheSameIdWaitsForTheRunsOfTheFirst() {
    try (var node = described().start()) {
      var event = "--id=visit-1";
      var url = "--url=" + node.url();
      var data = "--data=" + name("Ada");
      var first = Cli.execute("send", "test/guest-arrived", "--wait", event, url, data);
      var second = Cli.execute("send", "test/guest-arrived", "--wait", event, url, data);
      assertThat(second.exitCode()).isZero();
      assertThat(second.firstWord()).isNotEqualTo(first.firstWord());
      assertThat(second.out()).contains(first.out().lines().skip(1).findFirst().orElseThrow());
    }
  }

  @Test
  void whatTheServerRefusesExitsWith4AndItsSentence() {
    try (var node = described().start()) {
      var shown = Cli.execute("runs", "get", "no-ulid", "--url=" + node.url());
      assertThat(shown.exitCode()).isEqualTo(4);
      assertThat(shown.err()).contains("not a ULID").hasLineCount(1);
      var absent = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
      var cancelled = Cli.execute("runs", "cancel", absent, "--url=" + node.url());
      assertThat(cancelled.exitCode()).isEqualTo(4);
      assertThat(cancelled.err()).contains("There is no run " + absent);
    }
  }

  @Test
  void aPortThatIsTakenIsToldInASentence() {
    try (var node = Stepwell.node().inMemory().port(0).start()) {
      var port = node.url().getPort();
      var second = Cli.execute("dev", "--in-memory", "--port=" + port);
      assertThat(second.exitCode()).isEqualTo(3);
      assertThat(second.err()).contains("port " + port).doesNotContain("\tat ");
    }
  }

  @Test
  void aDirectoryThatIsInUseIsToldInASentence() {
    try (var node = described().start()) {
      assertThat(node.dataDir()).contains(directory.toAbsolutePath());
      var second = Cli.execute("dev", "--port=0", "--data-dir=" + directory);
      assertThat(second.exitCode()).isEqualTo(3);
      assertThat(second.err()).contains("in use", directory.toString()).hasLineCount(1);
    }
  }

  @Test
  void twoFunctionsOfOneNameAreRefused() {
    assertThatThrownBy(() -> described().functions(new Greet()).start())
        .isInstanceOf(CannotStartException.class)
        .hasMessage("two functions are named 'greet'");
  }

  @Test
  void aFailedStartLeavesTheDirectoryFree() {
    try (var other = Stepwell.node().inMemory().port(0).start()) {
      assertThatThrownBy(() -> described().port(other.url().getPort()).start())
          .isInstanceOf(CannotStartException.class);
    }
    described().start().close();
  }

  @Test
  void closingLetsAwaitStopReturn() throws InterruptedException {
    var node = Stepwell.node().inMemory().port(0).start();
    var returned = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          node.awaitStop();
          returned.countDown();
        });
    node.close();
    node.close();
    assertThat(returned.await(1, TimeUnit.MINUTES)).isTrue();
    assertThatThrownBy(() -> ask(node)).hasMessageContaining("No Stepwell server answers");
  }

  private static void ask(Node node) throws Exception {
    try (var client = new Client(node.url())) {
      var _ = client.get("/health");
    }
  }
}
