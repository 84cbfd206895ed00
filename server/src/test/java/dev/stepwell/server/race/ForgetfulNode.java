package dev.stepwell.server.race;

import dev.stepwell.DurableFunction;
import dev.stepwell.embedded.EmbeddedConfig;
import dev.stepwell.embedded.EmbeddedStore;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.LocalEngine;
import dev.stepwell.engine.execution.Busy;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.journal.StoreSetup;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.shard.LocalShards;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A node whose waits do not look back: the Java functions' own reports are changed on their way.
 */
final class ForgetfulNode implements AutoCloseable {

  private final EmbeddedStore store;
  private final RealTime time = new RealTime();
  private final ActorSystem<Void> system;
  private final Engine engine;

  private ForgetfulNode(EmbeddedStore store, List<DurableFunction<?, ?>> functions) {
    this.store = store;
    var start = new EngineStart(EngineStart.configuration(), store, functions, RunListener.NONE);
    var controls =
        new LocalEngine.Controls(
            time,
            Busy.UNCOUNTED,
            StepCode.AS_WRITTEN,
            java -> (runId, state, desk) -> java.launch(runId, state, new NoLookBack(desk)),
            () -> ThreadLocalRandom.current().nextDouble());
    var hosted = new CompletableFuture<Engine>();
    system =
        ActorSystem.create(
            Behaviors.setup(context -> {
              hosted.complete(LocalEngine.host(context, start, new LocalShards(context), controls));
              return Behaviors.empty();
            }),
            "forgetful",
            ActorSystemSetup.create(BootstrapSetup.create(start.config()), new StoreSetup(store)));
    engine = hosted.orTimeout(60, TimeUnit.SECONDS).join();
  }

  static ForgetfulNode start(Path directory, DurableFunction<?, ?>... functions) {
    return new ForgetfulNode(
        EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT), List.of(functions));
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    time.close();
    store.close();
  }

  private record NoLookBack(Execution.Desk desk) implements Execution.Desk {

    @Override
    public void report(
        Execution from, List<Report> reports, Optional<String> until, Execution.Handoff handoff) {
      desk.report(from, reports.stream().map(NoLookBack::changed).toList(), until, handoff);
    }

    private static Report changed(Report report) {
      return report instanceof Report.Wait(var step, var awaited, var lasts, _)
          ? new Report.Wait(step, awaited, lasts, false)
          : report;
    }

    @Override
    public void idle(Execution from) {
      desk.idle(from);
    }
  }
}
