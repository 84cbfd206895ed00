package dev.stepwell.engine.execution;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.concurrent.CompletionStage;

/** Lets steps execute, as many at once as their function allows. */
public interface StepSlots {

  /**
   * Waits in line for a slot.
   *
   * @param trigger the event that started the run: the key may depend on it
   * @return completes when the step may execute; to be released when it has
   */
  CompletionStage<Slot> acquire(String function, Event trigger, Ulid run, String step);

  /** The right to execute one step. */
  interface Slot {
    Slot UNLIMITED = () -> {};

    void release();
  }
}
