package dev.stepwell.engine;

import dev.stepwell.engine.event.EventLog;
import dev.stepwell.engine.event.EventLogSurroundings;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.RunCommand;
import dev.stepwell.engine.run.RunEnlister;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.run.RunPolicy;
import dev.stepwell.engine.run.RunSurroundings;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.Wait;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.function.DoubleSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Hosts the engine's actors on a node, and tells each where its messages to the others go. */
final class EngineWiring {

  private final EngineSettings settings;
  private final Store store;
  private final Time time;
  private final Shards shards;
  private final KnownFunctions functions;
  private final DoubleSupplier chance;

  EngineWiring(
      EngineSettings settings,
      Store store,
      Time time,
      Shards shards,
      KnownFunctions functions,
      DoubleSupplier chance) {
    this.settings = settings;
    this.store = store;
    this.time = time;
    this.shards = shards;
    this.functions = functions;
    this.chance = chance;
  }

  void host(ActorContext<?> context, Execution.Launcher launcher, RunListener listener) {
    var enlister = context.spawn(RunEnlister.create(store.runs()), "run-enlister");
    var runs = runs(launcher, enlister, listener);
    shards.host(RunEntity.KIND, (id, passivate) -> RunEntity.create(id, runs, passivate));
    var events = events();
    shards.host(EventLog.KIND, (id, _) -> EventLog.create(Integer.parseInt(id), events));
    shards.host(
        Timers.KIND,
        (id, _) -> Timers.create(Integer.parseInt(id), store.timers(), time, this::due));
    shards.host(
        Waits.KIND, (id, _) -> Waits.create(id, shards, store.events(), this::matched, time));
    shards.host(
        WaitPaths.KIND,
        (event, passivate) ->
            WaitPaths.create(event, settings.partitions(), this::announce, passivate, time));
  }

  private RunSurroundings runs(
      Execution.Launcher launcher, ActorRef<RunEnlister.Message> enlister, RunListener listener) {
    return new RunSurroundings(
        time,
        shards,
        settings.partitions(),
        settings.shortPause().toMillis(),
        launcher,
        this::policy,
        functions::anyStartedBy,
        enlister,
        listener,
        chance);
  }

  private RunPolicy policy(String function) {
    return new RunPolicy(
        functions.retries(function), settings.retryPause().toMillis(), settings.stepsMax());
  }

  private EventLogSurroundings events() {
    return new EventLogSurroundings(
        time,
        shards,
        store.events(),
        settings.partitions(),
        functions::startedBy,
        this::start,
        settings.backlogMaxBytes());
  }

  private void start(
      Ulid runId, String function, Event event, long token, ActorRef<Answer> replyTo) {
    wake(runId, new RunCommand.Start(function, event), token, replyTo);
  }

  private void due(Timer timer, long token, ActorRef<Answer> replyTo) {
    switch (timer.target()) {
      case Target.OfRun(var run, var step) -> wake(run, new RunCommand.Due(step), token, replyTo);
      case Target.OfEvent(var event) ->
          shards.tell(
              EventLog.KIND,
              Integer.toString(Math.floorMod(event.spread(), settings.partitions())),
              new EventLog.Release(event, token, replyTo));
      case Target.OfFunction _ -> throw new IllegalStateException("cron");
    }
  }

  private void matched(Wait wait, Event event, long token, ActorRef<Answer> replyTo) {
    wake(wait.run(), new RunCommand.Match(wait.step(), event), token, replyTo);
  }

  private void announce(String event, String path, ActorRef<WaitPaths.Acknowledged> replyTo) {
    for (var partition = 0; partition < settings.partitions(); partition++) {
      shards.tell(
          EventLog.KIND, Integer.toString(partition), new EventLog.PathAdded(event, path, replyTo));
    }
  }

  private void wake(Ulid runId, RunCommand.WakeUp command, long token, ActorRef<Answer> replyTo) {
    shards.tell(RunEntity.KIND, runId.toString(), new RunEntity.WakeUp(command, token, replyTo));
  }
}
