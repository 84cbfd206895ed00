package dev.stepwell.engine.flow;

/**
 * All that is remembered of the slots of a key: that some may be held, from now on until this is
 * forgotten. Who holds them is not.
 */
record SlotFact(long openedAtMillis) {}
