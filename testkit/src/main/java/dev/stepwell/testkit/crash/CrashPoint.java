package dev.stepwell.testkit.crash;

import dev.stepwell.engine.event.EventLogFact;
import dev.stepwell.engine.flow.Slots;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.OwnEvents;
import dev.stepwell.engine.run.RunCommand;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.TimerCodec;
import dev.stepwell.engine.wait.WaitsFact;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.Moment;
import dev.stepwell.testkit.StoreCall;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The places in the life of an event and its runs at which something is done and what must follow
 * is not. A process that ends there must not be noticed afterwards.
 *
 * <p>Batches and debounced events (B1, B2) will have theirs when the engine has them.
 */
enum CrashPoint {
  /** An event is about to be appended to its partition of the event log. */
  E1(before(CrashPoint::accepts)),
  /** The event is in the log, and its sender has no answer. */
  E2(after(CrashPoint::accepts)),
  /** The sender has its answer, and a run that the event starts is about to be told. */
  E3(tells(RunCommand.Start.class)),
  /** One of the runs that the event starts is stored, and another is about to be. */
  E4((moment, scene) ->
      before(RunFact.Started.class).is(moment, scene) && scene.hasOlderTwin(runOf(moment))),

  /** A run's start is stored, alone or with its first result; nothing after that is begun. */
  R1(after(RunFact.Started.class)),
  /** A step's code is about to begin, or is through, and its run knows nothing of it. */
  R2((moment, _) -> moment instanceof Moment.StepBegins || moment instanceof Moment.StepEnds),
  /** A run has been told of a step's end, and is about to store it. */
  R3(before(CrashPoint::isTried)),
  /** A step's end is stored, and the function's code has not gone on. */
  R4(after(CrashPoint::isTried)),

  /** A pause is stored with its run, and its timer is about to be. */
  S1(before(call -> call instanceof StoreCall.PutTimers(var rows) && wakesRun(rows))),
  /** The timer is stored, and the run leaves memory. */
  S2((moment, scene) ->
      moment instanceof Moment.Leaves(var kind, var id)
          && kind.equals(RunEntity.KIND)
          && scene.isToBeWoken(Ulid.parse(id))),
  /** The timer is due, and its run is about to be told; no fact says so ever. */
  S3(tells(RunCommand.Due.class)),
  /** What the woken run did is stored, and the timer is about to be deleted. */
  S4(before(call -> call instanceof StoreCall.DeleteTimers(var rows) && wakesRun(rows))),

  /** A wait is stored with its run; its partition, or the path that leads there, is about to be. */
  W1(before(call -> isPathOfWait(call) || waits(call, WaitsFact.Registered.class))),
  /** The wait is in its partition, and earlier events are about to be searched. */
  W2(before(StoreCall.LookBack.class::isInstance)),
  /** The run has been told of a match, and is about to store it. */
  W3(before(RunFact.WaitMatched.class)),
  /** The match is stored with the run, and the wait is still in its partition. */
  W4((moment, scene) ->
      after(RunFact.WaitMatched.class).is(moment, scene)
          || before(call -> waits(call, WaitsFact.Removed.class)).is(moment, scene)),
  /** The end of a wait is due, for which an event was on its way when the process ended at W3. */
  W5((moment, scene) ->
      moment instanceof Moment.Tells(_, var id, RunEntity.WakeUp(RunCommand.Due due, _, _))
          && scene.isBeingMatched(Ulid.parse(id), due.step())),

  /** A run's end is stored, and nothing that follows from it has happened. */
  C1(after(RunFact.Ended.class)),
  /** An event about the end is in the event log, and the run does not know. */
  C2(after(CrashPoint::acceptsEnd)),
  /** An invoked run has ended, and its caller is about to be told. */
  C3(tells(RunCommand.InvokeEnd.class)),

  /** A run has been told to cancel, and is about to store it. */
  X1(before(CrashPoint::cancels)),
  /** The cancellation is stored while the code of a step is at work. */
  X2((moment, scene) ->
      after(CrashPoint::cancels).is(moment, scene) && scene.isExecuting(runOf(moment))),

  /** A step has its slot, and its code is about to begin. */
  K1((moment, scene) -> moment instanceof Moment.StepBegins && scene.isClaimed()),
  /** A slot is given back, and the result of its step is not stored: it will be taken once more. */
  K2((moment, _) -> moment instanceof Moment.Tells(_, _, Slots.Release _)),

  /** A line is in the list of runs or events, and whoever put it there does not know. */
  M1(after(call -> call instanceof StoreCall.PutRuns || call instanceof StoreCall.PutEvents)),

  /** Of runs that are deleted the facts are gone, or their lines too; their events are not. */
  G1(after(call -> purgesRun(call) || call instanceof StoreCall.DeleteRuns));

  /** Recognises a place. */
  private interface Where {
    boolean is(Moment moment, Scene scene);
  }

  private final Where where;

  CrashPoint(Where where) {
    this.where = where;
  }

  /** The points at which a moment is. */
  static Set<CrashPoint> at(Moment moment, Scene scene) {
    var here = EnumSet.noneOf(CrashPoint.class);
    for (var point : values()) {
      if (point.where.is(moment, scene)) {
        here.add(point);
      }
    }
    return here;
  }

  /** Where the process must end, and stay away for long, so that it comes to this point at all. */
  CrashPoint behind() {
    return this == W5 ? W3 : this;
  }

  /** Whether it is hit before a path leads to a wait, as happens but once on one store. */
  boolean needsNewStore() {
    return this == W1 || this == W2;
  }

  private static Where before(Predicate<StoreCall> what) {
    return (moment, _) -> moment instanceof Moment.Before(var call) && what.test(call);
  }

  private static Where after(Predicate<StoreCall> what) {
    return (moment, _) -> moment instanceof Moment.After(var call) && what.test(call);
  }

  private static Where before(Class<? extends RunFact> fact) {
    return before(call -> Facts.ofRun(call).stream().anyMatch(fact::isInstance));
  }

  private static Where after(Class<? extends RunFact> fact) {
    return after(call -> Facts.ofRun(call).stream().anyMatch(fact::isInstance));
  }

  private static Where tells(Class<? extends RunCommand.WakeUp> command) {
    return (moment, _) ->
        moment instanceof Moment.Tells(_, _, RunEntity.WakeUp wakeUp)
            && command.isInstance(wakeUp.command());
  }

  private static Ulid runOf(Moment moment) {
    return switch (moment) {
      case Moment.Before(var call) -> Facts.run(call).orElseThrow();
      case Moment.After(var call) -> Facts.run(call).orElseThrow();
      default -> throw new IllegalArgumentException("nothing is stored at " + moment);
    };
  }

  private static boolean accepts(StoreCall call) {
    return Facts.ofEventLog(call).stream().anyMatch(EventLogFact.Accepted.class::isInstance);
  }

  private static boolean acceptsEnd(StoreCall call) {
    return Facts.ofEventLog(call).stream()
        .filter(EventLogFact.Accepted.class::isInstance)
        .flatMap(fact -> ((EventLogFact.Accepted) fact).entries().stream())
        .map(entry -> entry.event().name())
        .anyMatch(Set.of(OwnEvents.FINISHED, OwnEvents.FAILED, OwnEvents.CANCELLED)::contains);
  }

  private static boolean isTried(StoreCall call) {
    return Facts.ofRun(call).stream()
        .anyMatch(fact ->
            fact instanceof RunFact.StepSucceeded
                || fact instanceof RunFact.StepAttemptFailed
                || fact instanceof RunFact.StepFailed);
  }

  private static boolean cancels(StoreCall call) {
    return Facts.ofRun(call).stream()
        .anyMatch(fact -> fact instanceof RunFact.Ended(Outcome.Cancelled _, _));
  }

  private static boolean wakesRun(java.util.List<dev.stepwell.engine.port.TimerStore.Row> rows) {
    return rows.stream().anyMatch(row -> TimerCodec.timer(row).target() instanceof Target.OfRun);
  }

  private static boolean isPathOfWait(StoreCall call) {
    return call instanceof StoreCall.Append(var id, _) && id.startsWith(Facts.WAIT_PATHS);
  }

  private static boolean waits(StoreCall call, Class<? extends WaitsFact> fact) {
    return Facts.ofWaits(call).stream().anyMatch(fact::isInstance);
  }

  private static boolean purgesRun(StoreCall call) {
    return call instanceof StoreCall.Purge(var ids)
        && ids.stream().anyMatch(id -> Facts.run(id).isPresent());
  }
}
