package dev.stepwell.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.event.EventLogFact;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.run.RunViews;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what the engine says, and what is in its store, against what happened. The numbers are
 * those of the invariants in {@code ARCHITECTURE.md}.
 */
final class Audit {

  /** So long after its last pause, or after a crash, a run may be under way. */
  private static final long SETTLED_WITHIN_MILLIS = 60_000;

  private final Tale tale;
  private final TestEngine engine;
  private final Stored stored;
  private final Ledger ledger;
  private final Scene scene;
  private final List<String> violations = new ArrayList<>();

  Audit(Tale tale, TestEngine engine, Stored stored, Ledger ledger, Scene scene) {
    this.tale = tale;
    this.engine = engine;
    this.stored = stored;
    this.ledger = ledger;
    this.scene = scene;
  }

  /** What the engine says of each run is what the facts say that are stored of it (I8). */
  void requireLifeToBeAsStored() {
    for (var run : List.copyOf(scene.facts().keySet())) {
      var lived = ask(run);
      var replayed = RunViews.of(run, stored.state(run), engine.now().toEpochMilli());
      assertThat(lived).as("life of run %s (I8)", run).isEqualTo(replayed);
    }
  }

  /** As a client would, who asks again if the engine has gone meanwhile. */
  private Optional<RunView> ask(Ulid run) {
    while (true) {
      var life = ledger.lives();
      var asked = engine.engine().run(run).toCompletableFuture();
      engine.advance(Duration.ZERO);
      if (ledger.lives() == life) {
        return asked.join();
      }
    }
  }

  /**
   * All has come to the end that it must come to, and nothing was done that must not be.
   *
   * @param limits how many steps of a function may execute at once
   * @param late whether there was nobody there for an hour and more
   */
  void requireAllToBeWell(Map<String, Integer> limits, boolean late) {
    requireLifeToBeAsStored();
    checkEnds(late);
    checkRuns();
    violations.addAll(LedgerCheck.violations(ledger.lines(), functionsOfRuns(), limits));
    scene.accepted().values().forEach(this::checkRow);
    violations.addAll(scene.leftovers());
    stored.timers().forEach(timer -> violations.add("there is still the timer " + timer.key()));
    assertThat(violations).isEmpty();
  }

  /** Each event has started one run of each function, and each of them has its end (I1, I3). */
  private void checkEnds(boolean late) {
    var ends = new TreeMap<String, List<String>>();
    for (var run : engine.runs()) {
      ends.computeIfAbsent(run.function(), _ -> new ArrayList<>()).add(end(run));
    }
    if (!ends.keySet().equals(tale.ends().keySet())) {
      violations.add("there are runs of %s (I1)".formatted(ends.keySet()));
    }
    ends.forEach((function, found) -> {
      var due = tale.ends().getOrDefault(function, List.of());
      var others = late ? tale.lateEnds().getOrDefault(function, Set.of()) : Set.<String>of();
      found.sort(null);
      if (!found.equals(due) && !(found.size() == due.size() && others.containsAll(found))) {
        violations.add("the runs of %s have ended with %s (I1, I3)".formatted(function, found));
      }
    });
  }

  private static String end(TestRun run) {
    return switch (run.status()) {
      case RUNNING -> "nothing yet";
      case COMPLETED -> "completed " + run.outcome(String.class);
      case FAILED -> "failed " + run.failure().message();
      case CANCELLED -> "cancelled " + run.failure().message();
    };
  }

  private void checkRuns() {
    var events = scene.accepted().values().stream().map(EventLogFact.Entry::event).toList();
    var endsBy = lastPause(events) + SETTLED_WITHIN_MILLIS;
    scene
        .facts()
        .forEach((run, seen) -> {
          var facts = stored.facts(run);
          if (facts.equals(seen)) {
            violations.addAll(RunCheck.violations(run, facts, events, endsBy));
          } else {
            violations.add("of run %s are stored %s, not %s (I7)".formatted(run, facts, seen));
          }
          checkRow(run, stored.state(run));
        });
  }

  /** When the last thing happened that somebody may have had to wait for. */
  private long lastPause(List<Event> events) {
    var last = ledger.lastBirthMillis();
    for (var event : events) {
      last = Math.max(last, Math.max(event.receivedAtMillis(), event.tsMillis()));
    }
    for (var facts : scene.facts().values()) {
      for (var fact : facts) {
        last = Math.max(last, pause(fact));
      }
    }
    return last;
  }

  private static long pause(RunFact fact) {
    return switch (fact) {
      case RunFact.SleepStarted sleep -> sleep.untilMillis();
      case RunFact.StepAttemptFailed failed -> failed.retryAtMillis();
      case RunFact.AttemptFailed failed -> failed.retryAtMillis();
      // One that was answered has ended before; then this is no use, and does no harm.
      case RunFact.WaitStarted wait -> wait.untilMillis();
      default -> 0;
    };
  }

  private Map<Ulid, String> functionsOfRuns() {
    var functions = new HashMap<Ulid, String>();
    for (var entry : scene.accepted().values()) {
      var event = entry.event().id();
      entry.functions().forEach(function -> functions.put(event.derive(function), function));
    }
    return functions;
  }

  /** The line in the list says what the journal says. */
  private void checkRow(Ulid run, RunState state) {
    if (state instanceof RunState.Ended(var then, var outcome, var at)) {
      var event = then.event();
      var due =
          new RunIndex.Row(
              run,
              then.function(),
              outcome.status(),
              event.id(),
              event.name(),
              then.startedAtMillis(),
              OptionalLong.of(at));
      if (!stored.row(run).equals(Optional.of(due))) {
        violations.add("run %s is listed as %s, not %s".formatted(run, stored.row(run), due));
      }
    }
  }

  /** An accepted event is listed with all that it started. */
  private void checkRow(EventLogFact.Entry entry) {
    var row = stored.eventRow(entry.event().id());
    if (row.filter(there -> says(there, entry)).isEmpty()) {
      violations.add("event %s is listed as %s (I1)".formatted(entry.event().id(), row));
    }
  }

  private static boolean says(EventIndex.Row row, EventLogFact.Entry entry) {
    return row.event().equals(entry.event())
        && row.functions().equals(entry.functions())
        && row.repeatOf().equals(entry.repeatOf());
  }

  /** Of what has been over for long enough nothing is left, in any place. */
  void requireNothingToBeLeft() {
    assertThat(engine.runs()).as("runs").isEmpty();
    assertThat(stored.events()).as("events").isEmpty();
    assertThat(stored.timers()).as("timers").isEmpty();
    assertThat(scene.facts().keySet()).allMatch(run -> stored.facts(run).isEmpty());
    assertThat(scene.leftovers()).isEmpty();
  }
}
