package dev.stepwell.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.server.node.Node;
import dev.stepwell.server.node.NodeBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app with the TypeScript SDK, unmodified, runs its functions to their right ends. */
@Tag("long")
class TypeScriptTest {

  @TempDir private static Path directory;

  private static Node node;
  private static SdkApp app;
  private static Ledger ledger;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    node = new NodeBuilder().dataDir(directory.resolve("data")).port(0).start();
    ledger = new Ledger(directory.resolve("ledger"));
    app =
        SdkApp.start(
            SdkApp.Language.TYPESCRIPT,
            "shop",
            Map.of("SERVER", node.url().toString(), "LEDGER", ledger.file().toString()));
    try (var client = HttpClient.newHttpClient()) {
      var sync =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/api/inngest"))
              .PUT(BodyPublishers.noBody())
              .build();
      assertThat(client.send(sync, BodyHandlers.ofString()).body()).contains("\"modified\":true");
    }
  }

  @AfterAll
  static void stop() {
    if (app != null) {
      app.close();
    }
    node.close();
  }

  /** Sends an event, and waits for the end of the run that it starts. */
  private static RunView ended(String function, String event, String data) {
    return ended(run(function, send(event, data)));
  }

  private static Ulid send(String event, String data) {
    var accepted = NewEvent.of(event, Json.of(data));
    return node.engine()
        .send(List.of(accepted), Optional.<IdSeed>empty())
        .toCompletableFuture()
        .join()
        .getFirst();
  }

  /** The run of a function that an event has started. */
  private static Ulid run(String function, Ulid event) {
    return event.derive(function);
  }

  private static RunView ended(Ulid run) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> node.engine().run(run).toCompletableFuture().join(),
            view -> view.isPresent() && view.get().status().ended())
        .orElseThrow();
  }

  private static void awaitPhase(Ulid run, String step, RunView.Phase phase) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> node.engine().run(run).toCompletableFuture().join(),
            view ->
                view.isPresent()
                    && view.get().steps().stream()
                        .anyMatch(it -> it.name().equals(step) && it.phase() == phase));
  }

  private static String output(RunView run) {
    return run.output().map(Json::toString).orElse("none: " + run);
  }

  @Test
  void aStepThatFailsIsRetriedAloneAndWhatFollowsRunsOnceEach() throws IOException {
    var order =
        ended(
            "shop-process-order",
            "order/placed",
            "{\"orderId\":\"o-1\",\"items\":2,\"declinedFirst\":true}");

    assertThat(output(order))
        .isEqualTo("{\"charge\":\"charged 2500\",\"packed\":\"packed\",\"labelled\":\"labelled\"}");
    assertThat(order.steps().stream().map(RunView.StepView::name))
        .containsExactly("price", "charge", "cool down", "pack", "label", "tell");
    var done = ledger.of(order.id().toString());
    assertThat(done.subList(0, 3)).containsExactly("price", "charge", "charge");
    assertThat(done.subList(3, done.size())).containsExactlyInAnyOrder("pack", "label");
  }

  @Test
  void aRefundIsApprovedRejectedOrForgotten() {
    var approved =
        run(
            "shop-approve-refund",
            send("refund/requested", "{\"orderId\":\"r-1\",\"patience\":\"1m\"}"));
    var rejected =
        run(
            "shop-approve-refund",
            send("refund/requested", "{\"orderId\":\"r-2\",\"patience\":\"1m\"}"));
    var forgotten =
        run(
            "shop-approve-refund",
            send("refund/requested", "{\"orderId\":\"r-3\",\"patience\":\"500ms\"}"));
    awaitPhase(approved, "decision", RunView.Phase.WAITING);
    awaitPhase(rejected, "decision", RunView.Phase.WAITING);
    var _ = send("refund/decision", "{\"orderId\":\"r-2\",\"approved\":false}");
    var _ = send("refund/decision", "{\"orderId\":\"r-1\",\"approved\":true}");

    assertThat(output(ended(approved))).isEqualTo("\"approved\"");
    assertThat(output(ended(rejected))).isEqualTo("\"rejected\"");
    assertThat(output(ended(forgotten))).isEqualTo("\"nobody\"");
  }

  @Test
  void anExpressionDecidesWhatStartsAFunctionAndWhatItWaitsFor() {
    var small = send("refund/big", "{\"amount\":100}");
    var big = run("shop-big-refund", send("refund/big", "{\"amount\":101}"));
    awaitPhase(big, "decision", RunView.Phase.WAITING);
    var _ = send("refund/decision", "{\"by\":\"eve\",\"amount\":200}");
    var _ = send("refund/decision", "{\"by\":\"ann\",\"amount\":100}");
    var _ = send("refund/decision", "{\"by\":\"bob\",\"amount\":101}");

    assertThat(output(ended(big))).isEqualTo("\"bob\"");
    assertThat(node.engine().run(run("shop-big-refund", small)).toCompletableFuture().join())
        .isEmpty();
  }

  @Test
  void stepsAndSleepsFollowEachOther() throws IOException {
    var drip = ended("shop-drip", "user/signed.up", "{}");

    assertThat(output(drip)).isEqualTo("\"done\"");
    assertThat(ledger.of(drip.id().toString())).containsExactly("welcome", "tips", "offer");
  }

  @Test
  void whatIsNotToBeRetriedIsNotAndOnFailureHearsOfItOnce() throws IOException {
    var fragile = ended("shop-fragile", "shop/fragile", "{}");

    assertThat(fragile.status()).isEqualTo(RunStatus.FAILED);
    assertThat(fragile.failure().orElseThrow().message()).isEqualTo("it is broken");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ledger.of(fragile.id().toString()).size() > 1);
    assertThat(ledger.of(fragile.id().toString()))
        .containsExactly("break", "onFailure it is broken");
  }

  @Test
  void aFunctionCatchesTheErrorOfItsStep() {
    assertThat(output(ended("shop-caught", "shop/caught", "{}"))).isEqualTo("\"mended no\"");
  }

  @Test
  void aFunctionInvokesAnotherAndWaitsForASignal() {
    var asks = run("shop-asks", send("shop/asks", "{\"signal\":\"go-1\"}"));
    awaitPhase(asks, "go", RunView.Phase.WAITING);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> node.engine().signal("go-1", Json.of("{\"x\":1}")).toCompletableFuture().join(),
            Optional::isPresent);

    assertThat(output(ended(asks))).isEqualTo("{\"squared\":49,\"signal\":{\"x\":1}}");
  }

  @Test
  void branchesSideBySideExecuteEachStepOnce() throws IOException {
    var race = ended("shop-race", "shop/race", "{}");

    assertThat(output(race)).isEqualTo("[2,2,2,2,2]");
    assertThat(ledger.of(race.id().toString())).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void aRunThatIsCancelledGoesOnNoMore() {
    var waits =
        run(
            "shop-approve-refund",
            send("refund/requested", "{\"orderId\":\"r-9\",\"patience\":\"1h\"}"));
    awaitPhase(waits, "decision", RunView.Phase.WAITING);
    var _ = node.engine().cancel(waits, "by hand").toCompletableFuture().join();

    assertThat(ended(waits).status()).isEqualTo(RunStatus.CANCELLED);
  }
}
