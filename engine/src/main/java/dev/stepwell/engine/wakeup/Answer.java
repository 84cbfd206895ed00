package dev.stepwell.engine.wakeup;

import dev.stepwell.engine.wire.Message;

/** What a run says to the source of a wake-up. */
public sealed interface Answer extends Message {

  /** Names the wake-up to its source. */
  long token();

  /** The wake-up and all it carries is stored with the run; what follows from it is not, yet. */
  record Accepted(long token) implements Answer {}

  /** All that follows from the wake-up is stored: its source may forget it. */
  record Settled(long token) implements Answer {}

  /** The run had no use for it, and still waits for another: its source goes on as if unasked. */
  record Declined(long token) implements Answer {}

  /** The run had no use for it and waits no longer: it is for others, and its wait is over. */
  record TooLate(long token) implements Answer {}
}
