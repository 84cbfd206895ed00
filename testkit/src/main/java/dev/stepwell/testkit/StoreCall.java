package dev.stepwell.testkit;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.TimerStore;
import java.util.List;

/** What the engine asks of its store. */
public sealed interface StoreCall {

  /** A call that changes what is stored. */
  sealed interface Write extends StoreCall {}

  record Append(String persistenceId, List<byte[]> facts) implements Write {}

  record Purge(List<String> persistenceIds) implements Write {}

  record PutTimers(List<TimerStore.Row> rows) implements Write {}

  record DeleteTimers(List<TimerStore.Row> rows) implements Write {}

  record PutRuns(List<RunIndex.Row> rows) implements Write {}

  record DeleteRuns(List<RunIndex.Row> rows) implements Write {}

  /** Rows of events, that may have been put before or not. */
  record PutEvents(List<EventIndex.Row> rows) implements Write {}

  record DeleteEvents(List<EventIndex.Row> rows) implements Write {}

  /** Snapshots, and the deletion of what they contain. */
  record Trim(String persistenceId) implements Write {}

  /** A search for earlier events of a name. */
  record LookBack(String event) implements StoreCall {}

  /** Anything else that changes nothing. */
  record Read() implements StoreCall {}
}
