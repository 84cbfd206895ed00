package dev.stepwell.engine.run;

import java.util.List;

/** A run's answer to a command. */
public sealed interface Decision {

  /** Yes: these facts, in this order. None at all means it was already so. */
  record Accept(List<RunFact> facts) implements Decision {
    public Accept {
      facts = List.copyOf(facts);
    }
  }

  /**
   * No use for it.
   *
   * @param waits whether the run still waits for its like
   */
  record Decline(boolean waits) implements Decision {}

  record Refuse(Refusal refusal) implements Decision {}

  static Decision accept(RunFact... facts) {
    return new Accept(List.of(facts));
  }

  static Decision refuse(Refusal refusal) {
    return new Refuse(refusal);
  }
}
