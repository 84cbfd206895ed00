package dev.stepwell.server.demo;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Finds the orders that an earlier life of the process has left under way. */
final class Unfinished {

  private static final int LATEST = 20;

  private Unfinished() {}

  /** Those among the latest orders, oldest first; each run is asked itself. */
  static List<RunView> orders(Engine engine) {
    var latest =
        new EventIndex.Query(
            Optional.of(DemoOrder.EVENT),
            false,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            LATEST);
    var unfinished = new ArrayList<RunView>();
    for (var event : done(engine.events().list(latest)).items()) {
      for (var run : engine.runsOf(event)) {
        done(engine.run(run))
            .filter(view -> view.status() == RunStatus.RUNNING)
            .ifPresent(unfinished::addFirst);
      }
    }
    return unfinished;
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
