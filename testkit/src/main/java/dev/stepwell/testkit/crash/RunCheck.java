package dev.stepwell.testkit.crash;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Holds what is stored of one run against the clock, and against the events that were accepted. */
final class RunCheck {

  private final List<RunFact> facts;
  private final List<Event> accepted;
  private final List<String> violations = new ArrayList<>();

  private RunCheck(List<RunFact> facts, List<Event> accepted) {
    this.facts = facts;
    this.accepted = accepted;
  }

  /**
   * Checks a run.
   *
   * @param facts that are stored of it
   * @param accepted all events
   * @param endsByMillis when it must have ended
   */
  static List<String> violations(
      Ulid run, List<RunFact> facts, List<Event> accepted, long endsByMillis) {
    var check = new RunCheck(facts, accepted);
    check.checkEnd(endsByMillis);
    facts.forEach(check::checkWait);
    return check.violations.stream().map(what -> "run " + run + " " + what).toList();
  }

  private void checkEnd(long byMillis) {
    if (!(facts.getLast() instanceof RunFact.Ended(_, var at))) {
      violations.add("has not ended (I6)");
    } else if (at > byMillis) {
      violations.add("has ended at %d, and not by %d (I6)".formatted(at, byMillis));
    }
  }

  /** A wait is ended by an event that came in time for it, or by its timeout if there was none. */
  private void checkWait(RunFact fact) {
    switch (fact) {
      case RunFact.WaitMatched(var step, var event, _) -> {
        if (!inTime(step).contains(event.id())) {
          violations.add("has taken %s for %s (I5)".formatted(event, step));
        }
      }
      case RunFact.WaitTimedOut(var step, var at) -> {
        if (at < begun(step).untilMillis()) {
          violations.add("did not wait to the end in %s, but to %d (I4)".formatted(step, at));
        }
        if (!inTime(step).isEmpty()) {
          violations.add("has missed %s in %s (I5)".formatted(inTime(step), step));
        }
      }
      default -> {}
    }
  }

  private RunFact.WaitStarted begun(String step) {
    return facts.stream()
        .filter(RunFact.WaitStarted.class::isInstance)
        .map(RunFact.WaitStarted.class::cast)
        .filter(begun -> begun.step().equals(step))
        .findFirst()
        .orElseThrow();
  }

  /** The events that a step may wait for, as far as they were accepted while it could. */
  private List<Ulid> inTime(String step) {
    var begun = begun(step);
    if (!(begun.awaited() instanceof Awaited.OfEvent(var name, var match))) {
      return List.of();
    }
    var used =
        facts.stream()
            .filter(RunFact.WaitMatched.class::isInstance)
            .map(RunFact.WaitMatched.class::cast)
            .filter(matched -> !matched.step().equals(step))
            .map(matched -> matched.event().id())
            .collect(Collectors.toSet());
    return accepted.stream()
        .filter(event -> event.name().equals(name))
        .filter(event -> match.filter(value -> !has(event, value)).isEmpty())
        .filter(event -> event.receivedAtMillis() >= begun.sinceMillis().orElse(begun.atMillis()))
        .filter(event -> event.receivedAtMillis() < begun.untilMillis())
        .map(Event::id)
        .filter(id -> !used.contains(id))
        .toList();
  }

  private static boolean has(Event event, Match match) {
    return MatchValues.of(List.of(match.path())).in(event.data()).contains(match);
  }
}
