package dev.stepwell.testkit;

import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.wire.Ulid;

/**
 * An instant at which the engine's process may end, as far as instants can be told apart from
 * outside: where it meets its store and the code of steps, and between two of its actors.
 */
public sealed interface Moment {

  /** The store is about to be asked for something: nothing of it is done. */
  record Before(StoreCall call) implements Moment {}

  /** The store has done it, and whoever asked has not been told. */
  record After(StoreCall call) implements Moment {}

  /** The code of a step is about to begin, on this thread. */
  record StepBegins(Ulid run, String step) implements Moment {}

  /** The code of a step has returned or thrown, and its run has not been told. */
  record StepEnds(Ulid run, String step) implements Moment {}

  /** A message to an actor is about to be sent on its way. */
  record Tells(Kind<?> kind, String id, Object message) implements Moment {}

  /** An actor has nothing left to do, and asks to leave memory. */
  record Leaves(Kind<?> kind, String id) implements Moment {}
}
