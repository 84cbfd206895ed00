package dev.stepwell.testkit.crash;

import dev.stepwell.engine.event.EventLogFact;
import dev.stepwell.engine.flow.Slots;
import dev.stepwell.engine.run.RunCommand;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.TimerCodec;
import dev.stepwell.engine.wait.Wait;
import dev.stepwell.engine.wait.WaitsFact;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.Moment;
import dev.stepwell.testkit.StoreCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far everything has got, as far as the moments tell: what is stored, in whatever life, and
 * what goes on in this one.
 */
final class Scene {

  private record Step(Ulid run, String name) {}

  private final Map<Ulid, List<RunFact>> facts = new LinkedHashMap<>();
  private final Map<Ulid, EventLogFact.Entry> accepted = new LinkedHashMap<>();
  private final Set<Ulid> outstanding = new HashSet<>();
  private final Set<Timer> timers = new HashSet<>();
  private final Set<Wait.Id> waits = new HashSet<>();
  private final Set<String> slots = new HashSet<>();
  private final Set<Step> matches = new HashSet<>();
  private final Set<Step> executing = new HashSet<>();
  private final Set<String> claims = new HashSet<>();

  /** Nothing goes on any more; what is stored stays. */
  void newLife() {
    executing.clear();
    claims.clear();
  }

  /** The moment has passed, and the process has not ended at it. */
  void passed(Moment moment) {
    switch (moment) {
      case Moment.Before(var call) -> stored(call);
      case Moment.StepBegins(var run, var step) -> executing.add(new Step(run, step));
      case Moment.StepEnds(var run, var step) -> executing.remove(new Step(run, step));
      case Moment.Tells(_, var id, RunEntity.WakeUp(RunCommand.Match(var step, _), _, _)) ->
          matches.add(new Step(Ulid.parse(id), step));
      case Moment.Tells(_, _, Slots.Acquire acquire) -> claims.add(acquire.holder());
      case Moment.Tells(_, _, Slots.Release(var holder)) -> claims.remove(holder);
      case Moment.After _, Moment.Tells _, Moment.Leaves _ -> {}
    }
  }

  private void stored(StoreCall call) {
    switch (call) {
      case StoreCall.Append(var id, _) -> {
        Facts.run(id).ifPresent(run -> storedOf(run, Facts.ofRun(call)));
        Facts.ofEventLog(call).forEach(this::stored);
        Facts.ofWaits(call).forEach(this::stored);
        if (id.startsWith(Facts.SLOTS)) {
          slots.add(id);
        }
      }
      case StoreCall.Purge(var ids) -> ids.forEach(slots::remove);
      case StoreCall.PutTimers(var rows) -> rows.forEach(row -> timers.add(TimerCodec.timer(row)));
      case StoreCall.DeleteTimers(var rows) ->
          rows.forEach(row -> timers.remove(TimerCodec.timer(row)));
      default -> {}
    }
  }

  private void storedOf(Ulid run, List<RunFact> more) {
    facts.computeIfAbsent(run, _ -> new ArrayList<>()).addAll(more);
    for (var fact : more) {
      switch (fact) {
        case RunFact.WaitMatched(var step, _, _) -> matches.remove(new Step(run, step));
        case RunFact.WaitTimedOut(var step, _) -> matches.remove(new Step(run, step));
        case RunFact.Ended _ -> matches.removeIf(match -> match.run().equals(run));
        default -> {}
      }
    }
  }

  private void stored(EventLogFact fact) {
    switch (fact) {
      case EventLogFact.Accepted(var entries) ->
          entries.forEach(entry -> {
            accepted.put(entry.event().id(), entry);
            outstanding.add(entry.event().id());
          });
      case EventLogFact.Forgotten(var events) -> events.forEach(outstanding::remove);
    }
  }

  private void stored(WaitsFact fact) {
    switch (fact) {
      case WaitsFact.Registered _ -> waits.add(fact.id());
      case WaitsFact.Removed _ -> waits.remove(fact.id());
    }
  }

  /** What is stored of each run, in the order of their beginnings. */
  Map<Ulid, List<RunFact>> facts() {
    return facts;
  }

  /** The events that were accepted, with what each was to start. */
  Map<Ulid, EventLogFact.Entry> accepted() {
    return accepted;
  }

  /** Whether the event that starts a run has started another. */
  boolean hasOlderTwin(Ulid run) {
    return accepted.values().stream()
        .map(Scene::runs)
        .anyMatch(runs -> runs.contains(run) && runs.stream().anyMatch(facts::containsKey));
  }

  private static List<Ulid> runs(EventLogFact.Entry entry) {
    return entry.functions().stream().map(entry.event().id()::derive).toList();
  }

  /** Whether a timer is to wake a run that is under way. */
  boolean isToBeWoken(Ulid run) {
    return !hasEnded(run)
        && timers.stream()
            .anyMatch(timer -> timer.target() instanceof Target.OfRun(var of, _) && of.equals(run));
  }

  private boolean hasEnded(Ulid run) {
    return facts.getOrDefault(run, List.of()).stream().anyMatch(RunFact.Ended.class::isInstance);
  }

  /** Whether an event was on its way to a wait, and nothing is stored of it. */
  boolean isBeingMatched(Ulid run, String step) {
    return matches.contains(new Step(run, step));
  }

  boolean isExecuting(Ulid run) {
    return executing.stream().anyMatch(step -> step.run().equals(run));
  }

  /** Whether some step holds a slot, or waits for one. */
  boolean isClaimed() {
    return !claims.isEmpty();
  }

  /** Whatever nobody has taken away again. */
  List<String> leftovers() {
    var left = new ArrayList<String>();
    outstanding.forEach(event -> left.add("event " + event + " is never done with"));
    timers.forEach(timer -> left.add("there is still " + timer));
    waits.forEach(wait -> left.add("there is still " + wait));
    return left;
  }
}
