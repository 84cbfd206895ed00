package dev.stepwell.testkit.contract;

import static dev.stepwell.testkit.contract.Stages.await;
import static dev.stepwell.testkit.contract.Stages.failure;
import static dev.stepwell.testkit.contract.Stages.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Journal.Snapshot;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store that outlives its process does as a whole. */
public abstract class StoreContract extends PortContract {

  private static final int OPERATIONS = 4_000;

  /** Opens again what was open in {@link #store}, which has been closed. */
  protected abstract Store reopen();

  /**
   * Does the same things to this store and to the one in memory, which must give the same answers.
   * A failure names the seed; {@code -Dstepwell.seed=} repeats it.
   */
  @Test
  void answersAsTheModelDoes() {
    var seed = Long.getLong("stepwell.seed", System.nanoTime());
    System.out.println("StoreContract: -Dstepwell.seed=" + seed);
    var operations = new RandomOperations(seed);
    try (var model = new MemoryStore()) {
      for (var i = 1; i <= OPERATIONS; i++) {
        var operation = operations.next(model);
        var expected = operation.on().apply(model);
        assertThat(operation.on().apply(store))
            .as("operation %d of seed %d: %s", i, seed, operation.what())
            .isEqualTo(expected);
        if (i % 1_000 == 0) {
          store.close();
          store = reopen();
        }
      }
    }
  }

  @Test
  void hasEverythingAfterItWasOpenedAgain() {
    var fact = new byte[] {1, 2, 3};
    await(store.journal().append("run|1", 1, List.of(fact, fact)));
    await(store.journal().append("deleted|1", 1, List.of(fact, fact)));
    await(store.journal().deleteTo("deleted|1", 2));
    await(store.journal().saveSnapshot("deleted|1", new Snapshot(2, 3, fact)));
    await(store.timers().put(1, List.of(new TimerStore.Row(5, "key", fact))));

    store.close();
    store = reopen();

    assertThat(get(store.journal().highestSequenceNr("run|1"))).isEqualTo(2);
    assertThat(get(store.journal().highestSequenceNr("deleted|1"))).isEqualTo(2);
    assertThat(get(store.journal().loadSnapshot("deleted|1", 9)).orElseThrow().state())
        .isEqualTo(fact);
    assertThat(get(store.timers().next(1, 0))).isEqualTo(OptionalLong.of(5));
  }

  @Test
  void completesTheWritesUnderWayBeforeItIsClosed() {
    var ids = IntStream.range(0, 2_000).mapToObj(i -> "run|" + i).toList();
    var writes =
        ids.stream().map(id -> store.journal().append(id, 1, List.of(new byte[100]))).toList();
    store.close();

    writes.forEach(Stages::await);
    store = reopen();
    assertThat(ids).allMatch(id -> get(store.journal().highestSequenceNr(id)) == 1);
  }

  @Test
  void failsEveryCallOnceItIsClosed() {
    store.close();
    store.close();

    Stream.<CompletionStage<?>>of(
            store.journal().append("run|1", 1, List.of(new byte[1])),
            store.journal().highestSequenceNr("run|1"),
            store.journal().replay("run|1", 1, 9, 9, _ -> {}),
            store.journal().deleteTo("run|1", 1),
            store.journal().loadSnapshot("run|1", 1),
            store.journal().purge(List.of("run|1")),
            store.timers().put(1, List.of()),
            store.timers().between(1, 0, 9, 9),
            store.timers().next(1, 0),
            store.runs().put(List.of()),
            store.runs().endedBetween(0, 1, 1),
            store.events().put(List.of()),
            store.events().seen(List.of("x"), 0),
            store.events().receivedBefore(1, Optional.empty(), 1))
        .forEach(stage -> assertThat(failure(stage)).hasMessageContaining("closed"));
  }
}
