package dev.stepwell.engine.execution;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * What executing Java code needs of its node.
 *
 * @param sender publishes events; the stage completes when they are stored
 * @param slots limits how many steps execute at once
 * @param code what is performed as the code of steps
 * @param owned whether a run is certainly this node's, at this moment
 */
public record JavaSurroundings(
    JavaFunctions functions,
    InstantSource clock,
    Sender sender,
    StepSlots slots,
    Busy busy,
    StepCode code,
    Predicate<Ulid> owned) {

  /** Publishes events, once for each id; asks again until they are stored. */
  public interface Sender {
    CompletionStage<?> send(List<Event> events);
  }
}
