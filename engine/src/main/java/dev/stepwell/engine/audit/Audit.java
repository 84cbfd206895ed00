package dev.stepwell.engine.audit;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.OwnEvents;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all that a store holds: at each event, then at each run, then at each row of the list of
 * runs, in this order. What happened a moment ago is not missed, as it may be under way. For one
 * thread. Keeps some 200 bytes for each event and each run.
 */
public final class Audit {

  /** So many are told in full; the others are counted. */
  private static final int TOLD_MAX = 1_000;

  /**
   * What was found.
   *
   * @param events that were looked at, our own too
   * @param runs of which there are facts
   * @param ended as many of them
   * @param violations the first of them
   * @param violationCount of all
   */
  public record Report(
      long events, long runs, long ended, List<Violation> violations, long violationCount) {}

  /** What a run's facts say. */
  private record Known(RunStatus status, long sinceMillis) {}

  private final long settledMillis;
  private final Map<Ulid, String> expectedRuns = new HashMap<>();
  private final Set<Ulid> told = new HashSet<>();
  private final Map<Ulid, Known> runs = new HashMap<>();
  private final Set<Ulid> unlisted = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();
  private long violationCount;
  private long events;

  /**
   * Begins.
   *
   * @param settledMillis what happened before this instant must have had all its consequences
   */
  public Audit(long settledMillis) {
    this.settledMillis = settledMillis;
  }

  public void event(EventIndex.Row row) {
    var event = row.event();
    events++;
    if (event.name().equals(OwnEvents.FINISHED)) {
      var run = OwnEvents.runOf(event);
      if (!told.add(run)) {
        violated(Violation.ONE_END, run, "was told to have ended more than once");
      }
    }
    // One from the future starts its runs when it is due.
    if (Math.max(event.receivedAtMillis(), event.tsMillis()) < settledMillis) {
      for (var function : row.functions()) {
        expectedRuns.put(event.id().derive(function), function);
      }
    }
  }

  /** All facts of a run, in order. */
  public void run(Ulid runId, List<byte[]> facts) {
    var history = RunHistory.of(runId, facts);
    history.violations().forEach(this::violated);
    var function = expectedRuns.remove(runId);
    switch (history.state()) {
      case RunState.Absent _ -> {}
      case RunState.Active run -> {
        checkOrigin(runId, run, function);
        note(runId, RunStatus.RUNNING, run.startedAtMillis());
      }
      case RunState.Ended ended -> {
        checkOrigin(runId, ended.run(), function);
        note(runId, ended.outcome().status(), ended.endedAtMillis());
      }
    }
  }

  private void note(Ulid runId, RunStatus status, long sinceMillis) {
    runs.put(runId, new Known(status, sinceMillis));
    if (sinceMillis < settledMillis) {
      unlisted.add(runId);
    }
  }

  private void checkOrigin(Ulid runId, RunState.Active run, @Nullable String expected) {
    if (!run.event().id().derive(run.function()).equals(runId)) {
      violated(Violation.ONE_RUN, runId, "its id is not made of its event's and its function");
    } else if (expected != null && !expected.equals(run.function())) {
      violated(Violation.ONE_RUN, runId, "is of another function than " + expected);
    }
  }

  public void row(RunIndex.Row row) {
    unlisted.remove(row.runId());
    var listedMillis = row.endedAtMillis().orElse(row.startedAtMillis());
    if (listedMillis >= settledMillis) {
      return;
    }
    var known = runs.get(row.runId());
    if (known == null) {
      violated(Violation.SAME_STATE, row.runId(), "is on the list, and has no facts");
    } else if (known.status() != row.status() && known.sinceMillis() < settledMillis) {
      violated(
          Violation.SAME_STATE,
          row.runId(),
          "is listed as %s, and is %s".formatted(row.status(), known.status()));
    }
  }

  /** A fault of the store itself. */
  public void fault(String subject, String sentence) {
    violated(new Violation("facts", subject, sentence));
  }

  /** Nothing else comes. */
  public Report end() {
    expectedRuns.forEach((runId, function) ->
        violated(Violation.ONE_RUN, runId, "an event began it, of " + function + ": no facts"));
    unlisted.forEach(runId -> violated(Violation.SAME_STATE, runId, "is not on the list"));
    var ended = runs.values().stream().filter(run -> run.status().ended()).count();
    return new Report(events, runs.size(), ended, List.copyOf(violations), violationCount);
  }

  private void violated(String rule, Ulid runId, String sentence) {
    violated(new Violation(rule, runId.toString(), sentence));
  }

  private void violated(Violation violation) {
    violationCount++;
    if (violations.size() < TOLD_MAX) {
      violations.add(violation);
    }
  }
}
