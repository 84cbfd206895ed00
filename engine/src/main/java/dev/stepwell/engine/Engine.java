package dev.stepwell.engine;

import dev.stepwell.engine.cluster.NodeView;
import dev.stepwell.engine.function.App;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The front door: what the outside asks of the engine, on any node, about any run. A stage that
 * fails with {@link OverloadedException} means: try again later, the same request is safe to
 * repeat.
 */
public interface Engine {

  /**
   * Accepts events: when the stage completes they are stored, and every function subscribed at that
   * moment gets exactly one run for each.
   *
   * @param events 1 to 5,000, already checked against the limits of the protocol
   * @param seed makes the ids the same when the same request is repeated; without it they are new
   * @return the ids, in the order of {@code events}
   */
  CompletionStage<List<Ulid>> send(List<NewEvent> events, Optional<IdSeed> seed);

  /** The state of a run, asked of its actor wherever it lives; empty if there is no such run. */
  CompletionStage<Optional<RunView>> run(Ulid runId);

  /** Ends a run before its time. Safe to repeat. */
  CompletionStage<CancelAnswer> cancel(Ulid runId, String reason);

  /**
   * Hands {@code data} to the run that waits for {@code signal}.
   *
   * @return the run, once it has stored the signal; empty if nobody waits for it
   */
  CompletionStage<Optional<Ulid>> signal(String signal, Json data);

  /** The list of runs; lags by two seconds at most. */
  RunIndex runs();

  /** The list of events; lags by two seconds at most. */
  EventIndex events();

  /** The runs that an event has started. */
  List<Ulid> runsOf(EventIndex.Row event);

  /** The apps that this node knows of, its own among them. */
  List<App> apps();

  /**
   * An app has these functions from now on, instead of those it had: when the stage completes every
   * node knows, and an event accepted from then on starts them. Safe to repeat.
   *
   * @param app with an endpoint
   */
  CompletionStage<Void> sync(App app);

  /** Forgets an app; runs of its functions go on. Safe to repeat. */
  CompletionStage<Void> removeApp(String name);

  /** Why this node can store nothing any more, in a sentence; empty while all is well. */
  Optional<String> failure();

  /** The nodes of the cluster as this one sees it, itself among them; empty if there is none. */
  List<NodeView> nodes();

  /**
   * Why this node takes no requests at this moment, in a sentence: it has not found its cluster
   * yet, or is about to leave it. Empty if it does.
   */
  Optional<String> unready();

  /** What became of a request to cancel. */
  sealed interface CancelAnswer {
    record Cancelled() implements CancelAnswer {}

    record AlreadyEnded(RunStatus status) implements CancelAnswer {}

    record NoSuchRun() implements CancelAnswer {}
  }
}
