package dev.stepwell.testkit.crash;

import dev.stepwell.NonRetryableException;
import dev.stepwell.RetryAfterException;
import dev.stepwell.Steps;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.crash.Tales.Answer;
import java.time.Duration;

/** What functions do in tales: each thing is written down by the code that does it. */
final class Teller {

  private final Stage on;
  private final Steps step;
  private final Ulid run;

  Teller(Stage on, Steps step) {
    this.on = on;
    this.step = step;
    this.run = Ulid.parse(step.info().runId());
    var attempt = step.info().attempt();
    on.ledger().add(new Ledger.Opened(run, attempt, on.millis()));
  }

  Steps step() {
    return step;
  }

  /** A step that returns its name. */
  String note(String name) {
    return note(name, () -> {});
  }

  /** A step that does something, and returns its name. */
  String note(String name, Steps.Action action) {
    return step.run(name, String.class, noted(name, action));
  }

  Steps.Fork<String> fork(String name) {
    return step.start(name, noted(name, () -> {}));
  }

  private Steps.Work<String> noted(String name, Steps.Action action) {
    return () -> {
      on.ledger().add(new Ledger.Began(run, name, on.millis()));
      try {
        action.perform();
        return name;
      } finally {
        on.ledger().add(new Ledger.Ended(run, name, on.millis()));
      }
    };
  }

  /** A step that fails until that is stored twice, and asks for a pause of its own at first. */
  String fickle(String name) {
    return note(
        name,
        () -> {
          var failures = on.ledger().failures(run, name);
          if (failures == 0) {
            throw new RetryAfterException("not yet", Duration.ofSeconds(5));
          }
          if (failures == 1) {
            throw new IllegalStateException("nor now");
          }
        });
  }

  /** A step that always fails. */
  String doomed(String name) {
    return note(
        name,
        () -> {
          throw new NonRetryableException("never");
        });
  }

  /** Fails outside of all steps, the first time. */
  void stumble() {
    if (step.info().attempt() == 1) {
      throw new IllegalStateException("stumbled");
    }
  }

  void sleep(String name, Duration duration) {
    step.sleep(name, duration);
    passed(name);
  }

  /** Waits an hour for the answer about something; 0 if there is none. */
  int answer(String about) {
    var number =
        step.waitFor("answer " + about, Answer.class)
            .where(Answer::about)
            .is(about)
            .atMost(Tales.HOUR)
            .map(Answer::number)
            .orElse(0);
    passed("answer " + about);
    return number;
  }

  /** A step that has its own run cancelled, and ends only when that is stored. */
  void cancelOwnRun(String name) {
    var _ = note(name, () -> on.cancel(run));
  }

  private void passed(String name) {
    on.ledger().add(new Ledger.Passed(run, name, on.millis()));
  }
}
