package dev.stepwell.engine;

import dev.stepwell.FunctionSpec;
import dev.stepwell.engine.cron.CronTicks;
import dev.stepwell.engine.cron.Schedules;
import dev.stepwell.engine.event.EventLog;
import dev.stepwell.engine.event.EventLogSurroundings;
import dev.stepwell.engine.event.EventPartitions;
import dev.stepwell.engine.flow.Slots;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Registry;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.retention.Retention;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.RunCommand;
import dev.stepwell.engine.run.RunEnlister;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.run.RunPolicy;
import dev.stepwell.engine.run.RunSurroundings;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.Deliver;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.TimerPartitions;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.LogClosing;
import dev.stepwell.engine.wait.Wait;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Hosts the engine's actors on a node, and tells each where its messages to the others go. */
final class EngineWiring {

  private final EngineSettings settings;
  private final Store store;
  private final Time time;
  private final Shards shards;
  private final Supplier<Catalog> catalog;
  private final DoubleSupplier chance;
  private final TimerPartitions timers;

  EngineWiring(
      EngineSettings settings,
      Store store,
      Time time,
      Shards shards,
      Supplier<Catalog> catalog,
      DoubleSupplier chance) {
    this.settings = settings;
    this.store = store;
    this.time = time;
    this.shards = shards;
    this.catalog = catalog;
    this.chance = chance;
    this.timers = new TimerPartitions(shards, settings.partitions());
  }

  /** Hosts the registry, from which every node hears what else it needs. */
  void hostRegistry() {
    shards.host(Registry.KIND, (_, _) -> Registry.create(time));
  }

  /**
   * Hosts all other kinds of actors.
   *
   * @param ticks to be told when a schedule's time has come
   */
  void host(
      ActorContext<?> context,
      Execution.Launcher launcher,
      RunListener listener,
      ActorRef<CronTicks.Message> ticks) {
    shards.host(
        Retention.KIND,
        (_, _) -> Retention.create(store, time, settings.partitions(), settings.retention()));
    Slots.Forget forget = id -> store.journal().purge(List.of(id));
    var slotTimes = settings.slotTimes();
    shards.host(
        Slots.KIND,
        (id, passivate) -> Slots.create(id, forget, timers, time, slotTimes, passivate));
    var enlister = context.spawn(RunEnlister.create(store.runs()), "run-enlister");
    var runs = runs(launcher, enlister, listener);
    shards.host(RunEntity.KIND, (id, passivate) -> RunEntity.create(id, runs, passivate));
    var events = events();
    shards.host(EventLog.KIND, (id, _) -> EventLog.create(Integer.parseInt(id), events));
    timers.host(store.timers(), time, deliver(ticks));
    var closing =
        context.spawn(LogClosing.create(settings.partitions(), this::close, time), "log-closing");
    shards.host(
        Waits.KIND,
        (id, _) -> Waits.create(id, shards, store.events(), closing, this::matched, time));
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
        name -> catalog.get().anyStartedBy(name),
        enlister,
        listener,
        chance);
  }

  private RunPolicy policy(String function) {
    var retries =
        catalog.get().find(function).map(Definition::retries).orElse(FunctionSpec.DEFAULT_RETRIES);
    return new RunPolicy(
        retries,
        settings.retryPause().toMillis(),
        settings.stepsMax(),
        settings.clockSkewMax().toMillis());
  }

  private EventLogSurroundings events() {
    return new EventLogSurroundings(
        time,
        shards,
        store.events(),
        settings.partitions(),
        event -> catalog.get().startedBy(event),
        this::start,
        settings.backlogMaxBytes());
  }

  private void start(
      Ulid runId, String function, Event event, long token, ActorRef<Answer> replyTo) {
    wake(runId, new RunCommand.Start(function, event), token, replyTo);
  }

  private Deliver deliver(ActorRef<CronTicks.Message> ticks) {
    return (timer, token, replyTo) -> due(ticks, timer, token, replyTo);
  }

  private void due(
      ActorRef<CronTicks.Message> ticks, Timer timer, long token, ActorRef<Answer> replyTo) {
    switch (timer.target()) {
      case Target.OfRun(var run, var step) ->
          wake(run, new RunCommand.Due(step, timer.dueAtMillis()), token, replyTo);
      case Target.OfEvent(var event) ->
          shards.tell(
              EventLog.KIND,
              Integer.toString(EventPartitions.ofParked(event, settings.partitions())),
              new EventLog.Release(event, token, replyTo));
      case Target.OfFunction tick -> ticks.tell(new CronTicks.Due(tick, token, replyTo));
      case Target.OfSlots(var slots) ->
          shards.tell(Slots.KIND, slots, new Slots.Reminder(token, replyTo));
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

  private void close(long untilMillis, ActorRef<LogClosing.PartitionClosed> replyTo) {
    for (var partition = 0; partition < settings.partitions(); partition++) {
      shards.tell(
          EventLog.KIND, Integer.toString(partition), new EventLog.Close(untilMillis, replyTo));
    }
  }

  /**
   * Has every partition take up its work, and repeat what is unanswered: at a start, and when
   * somebody who would have answered may be gone.
   */
  void hurry() {
    shards.tell(Retention.KIND, Retention.ID, new Retention.Wake());
    timers.hurry();
    for (var partition = 0; partition < settings.partitions(); partition++) {
      var id = Integer.toString(partition);
      shards.tell(EventLog.KIND, id, new EventLog.Hurry());
      shards.tell(Waits.KIND, id, new Waits.Hurry());
    }
  }

  /** How a function stands to a schedule, as far as this node knows. */
  Schedules.Standing standing(String function, String schedule) {
    if (catalog.get().version() == 0) {
      return Schedules.Standing.UNKNOWN;
    }
    var current =
        catalog.get().find(function).stream()
            .flatMap(definition -> definition.starts().stream())
            .anyMatch(start -> start.equals(new Definition.Start.OnCron(schedule)));
    return current ? Schedules.Standing.CURRENT : Schedules.Standing.GONE;
  }

  void setTimer(Timer timer, ActorRef<Timers.Stored> replyTo) {
    timers.set(timer, replyTo);
  }

  private void wake(Ulid runId, RunCommand.WakeUp command, long token, ActorRef<Answer> replyTo) {
    shards.tell(RunEntity.KIND, runId.toString(), new RunEntity.WakeUp(command, token, replyTo));
  }
}
