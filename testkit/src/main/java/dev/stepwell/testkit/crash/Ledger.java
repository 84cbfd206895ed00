package dev.stepwell.testkit.crash;

import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened, in order, whatever the engine makes of it: the code of functions writes down what
 * it does, and whoever watches the store what is written there. Nothing is ever taken back.
 */
final class Ledger {

  sealed interface Line {}

  /** A life of the engine has begun; whatever stands above belongs to an earlier one. */
  record Born(long atMillis) implements Line {}

  /**
   * A function's own code has begun.
   *
   * @param attempt as the engine counts them, from 1
   */
  record Opened(Ulid run, int attempt, long atMillis) implements Line {}

  /** The code of a step has begun. */
  record Began(Ulid run, String step, long atMillis) implements Line {}

  /** The code of a step has returned or thrown. */
  record Ended(Ulid run, String step, long atMillis) implements Line {}

  /** A function's own code has got past a pause. */
  record Passed(Ulid run, String step, long atMillis) implements Line {}

  /** A fact is being stored, and nothing keeps it from being there before anything else happens. */
  record Stored(Ulid run, RunFact fact) implements Line {}

  private final List<Line> lines = new ArrayList<>();

  synchronized void add(Line line) {
    lines.add(line);
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** How many lives there have been. */
  synchronized long lives() {
    return 1 + lines.stream().filter(Born.class::isInstance).count();
  }

  /** When the present life has begun; 0 if it is the first. */
  synchronized long lastBirthMillis() {
    return lines.stream()
        .mapToLong(line -> line instanceof Born(var at) ? at : 0)
        .reduce(0, Math::max);
  }

  /** How many attempts of a step have failed, as far as is stored. */
  synchronized long failures(Ulid run, String step) {
    return lines.stream()
        .filter(line ->
            line instanceof Stored(var of, RunFact.StepAttemptFailed failed)
                && of.equals(run)
                && failed.step().equals(step))
        .count();
  }
}
