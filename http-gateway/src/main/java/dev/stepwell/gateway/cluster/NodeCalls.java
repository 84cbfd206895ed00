package dev.stepwell.gateway.cluster;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.cluster.NodeView;
import dev.stepwell.engine.wire.JsonWriter;
import dev.stepwell.gateway.http.Answers;
import dev.stepwell.gateway.http.Call;
import dev.stepwell.gateway.http.Envelope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Says how this node and its cluster are, and has this node leave. */
public final class NodeCalls {

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int UNAVAILABLE = 503;

  private final Engine engine;
  private final Envelope envelope;
  private final NodeControls controls;

  public NodeCalls(Engine engine, Envelope envelope, NodeControls controls) {
    this.engine = engine;
    this.envelope = envelope;
    this.controls = controls;
  }

  /** {@code GET /health}: whether the process is of any use; if not, it is to be started again. */
  public CompletionStage<HttpResponse> health(Call call) {
    return state(engine.failure());
  }

  /** {@code GET /ready}: whether requests are to come here; what is not ready may become so. */
  public CompletionStage<HttpResponse> ready(Call call) {
    return state(engine.failure().or(engine::unready));
  }

  private static CompletionStage<HttpResponse> state(Optional<String> trouble) {
    var status = trouble.isPresent() ? UNAVAILABLE : OK;
    return CompletableFuture.completedFuture(
        Answers.object(
            status, out -> out.number("status", status).text("message", trouble.orElse("OK"))));
  }

  /** {@code GET /v1/cluster}: all nodes, as this one sees them. */
  public CompletionStage<HttpResponse> nodes(Call call) {
    return CompletableFuture.completedFuture(envelope.all(engine.nodes(), NodeCalls::write));
  }

  private static void write(JsonWriter out, NodeView node) {
    out.text("address", node.address())
        .text("status", node.status())
        .flag("reachable", node.reachable())
        .flag("oldest", node.oldest())
        .flag("self", node.self())
        .text("roles", String.join(",", node.roles()))
        .text("version", node.version());
  }

  /** {@code GET /metrics}: what this node has done, and how it is, for Prometheus. */
  public CompletionStage<HttpResponse> metrics(Call call) {
    return CompletableFuture.completedFuture(Answers.metrics(controls.metrics().get()));
  }

  /** {@code POST /v1/cluster/drain}: this node gives its work to the others and ends. */
  public CompletionStage<HttpResponse> drain(Call call) {
    controls.drain().run();
    return CompletableFuture.completedFuture(
        Answers.object(
            ACCEPTED,
            out ->
                out.number("status", ACCEPTED)
                    .text("message", "This node gives its work to the others, and ends.")));
  }
}
