package dev.stepwell.engine;

import dev.stepwell.engine.execution.JavaSurroundings;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.wire.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Sends what runs publish, and comes back as long as the engine does not store it in time: that is
 * no failure of the step.
 */
record PatientSender(EngineNode node, Time time) implements JavaSurroundings.Sender {

  @Override
  public CompletionStage<?> send(List<Event> events) {
    return node.publish(events)
        .exceptionallyCompose(failure ->
            cause(failure) instanceof OverloadedException overloaded
                ? later(events, overloaded)
                : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<Void> later(List<Event> events, OverloadedException overloaded) {
    var pause = new CompletableFuture<Void>();
    var _ = time.at(time.instant().plus(overloaded.retryAfter()), () -> pause.complete(null));
    return pause.thenCompose(_ -> send(events)).thenAccept(_ -> {});
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
  }
}
