package dev.stepwell.engine.flow;

/** What is remembered of the slots of a key: whether some may be held. Who holds them is not. */
sealed interface SlotFact {

  long atMillis();

  /** From now on slots are granted. */
  record Opened(long atMillis) implements SlotFact {}

  /** Nobody holds a slot. */
  record Closed(long atMillis) implements SlotFact {}
}
