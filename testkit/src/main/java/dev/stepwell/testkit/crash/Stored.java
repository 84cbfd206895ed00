package dev.stepwell.testkit.crash;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunFactCodec;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * What is in a store, read past the engine.
 *
 * @param partitions of the timers
 */
record Stored(Store store, int partitions) {

  private static final int PATIENCE_SECONDS = 30;
  private static final int PAGE = 1_000;

  /**
   * The facts of a run.
   *
   * @throws AssertionError if one is missing in between
   */
  List<RunFact> facts(Ulid run) {
    var entries = new ArrayList<Journal.Entry>();
    var id = RunEntity.persistenceId(run);
    await(
        store
            .journal()
            .replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE, entries::add)
            .thenApply(_ -> true));
    for (var i = 0; i < entries.size(); i++) {
      if (entries.get(i).sequenceNr() != i + 1) {
        throw new AssertionError("fact %d of %s is missing".formatted(i + 1, id));
      }
    }
    return entries.stream().map(entry -> RunFactCodec.INSTANCE.decode(entry.fact())).toList();
  }

  /** What the facts of a run lead to. */
  RunState state(Ulid run) {
    var state = RunState.ABSENT;
    for (var fact : facts(run)) {
      state = state.apply(fact);
    }
    return state;
  }

  Optional<RunIndex.Row> row(Ulid run) {
    return await(store.runs().get(run));
  }

  Optional<EventIndex.Row> eventRow(Ulid event) {
    return await(store.events().get(event));
  }

  /** All events, the engine's own too; a thousand at most. */
  List<EventIndex.Row> events() {
    return await(store.events().receivedBefore(Long.MAX_VALUE, Optional.empty(), PAGE)).items();
  }

  /** All timers; a thousand of each partition at most. */
  List<TimerStore.Row> timers() {
    var timers = new ArrayList<TimerStore.Row>();
    for (var partition = 0; partition < partitions; partition++) {
      timers.addAll(await(store.timers().between(partition, 0, Long.MAX_VALUE, PAGE)));
    }
    return timers;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
