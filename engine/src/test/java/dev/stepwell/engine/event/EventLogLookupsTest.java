package dev.stepwell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.FakeShards;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/**
 * There is no gap between what is remembered and what the index knows: whatever the order in which
 * look-ups, acceptances and the index's answers come, of all events with one user id within 24
 * hours one counts.
 */
class EventLogLookupsTest {

  private final long firstSeed = Long.getLong("stepwell.test.seed", 8);

  @Test
  void ofAllEventsWithOneUserIdOneCountsInAnyInterleaving() {
    for (var seed = firstSeed; seed < firstSeed + 1_000; seed++) {
      var partition = new Partition(new Random(seed));
      partition.live();
      assertThat(partition.originals.values())
          .as("-Dstepwell.test.seed=" + seed)
          .allSatisfy(ids -> assertThat(ids).hasSize(1));
    }
  }

  @Test
  void afterADayAUserIdCountsAgain() {
    var partition = new Partition(new Random(9));
    partition.request("a");
    partition.settle();
    partition.time.advance(Duration.ofHours(24).minusMillis(1));
    partition.request("a");
    partition.settle();
    assertThat(partition.originals.get("a")).hasSize(1);

    partition.time.advance(Duration.ofMillis(2));
    partition.request("a");
    partition.settle();
    assertThat(partition.originals.get("a")).hasSize(2);
  }

  @Test
  void anIdIsForgottenOnceTheIndexHasIt() {
    var partition = new Partition(new Random(10));
    partition.request("a");
    partition.settle();

    assertThat(partition.lookups.end(Map.of())).isEmpty();
  }

  /** A partition's way of using its look-ups, with an index that answers when it likes. */
  private static final class Partition {
    private final Random random;
    private final HandTime time = new HandTime(Instant.ofEpochMilli(Samples.NOON));
    private final FaultyEvents index = new FaultyEvents(new MemoryStore().events());
    private final EventLogLookups lookups =
        new EventLogLookups(
            new EventLogSurroundings(
                time, new FakeShards(), index, 1, _ -> List.of(), (_, _, _, _, _) -> {}, 0));
    private final Map<String, List<Ulid>> originals = new HashMap<>();
    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private EventLogState state = EventLogState.EMPTY;
    private long lastNumber;
    private int lives;

    private Partition(Random random) {
      this.random = random;
      index.hold();
    }

    private void live() {
      for (var i = 0; i < 60; i++) {
        switch (random.nextInt(6)) {
          case 0, 1 -> request("user-" + random.nextInt(3));
          case 2, 3 -> {
            if (index.held() > 0) {
              index.letOneGo();
            }
          }
          case 4 -> {
            if (!mailbox.isEmpty()) {
              mailbox.remove().run();
            }
          }
          default -> {
            if (random.nextInt(4) == 0) {
              crash();
            }
          }
        }
      }
      settle();
    }

    private void settle() {
      while (index.held() > 0 || !mailbox.isEmpty()) {
        if (index.held() > 0) {
          index.letOneGo();
        } else {
          mailbox.remove().run();
        }
      }
    }

    private void request(String userId) {
      var event = Samples.event(++lastNumber, userId);
      var at =
          new Event(
              event.id(),
              event.userId(),
              event.name(),
              time.millis(),
              time.millis(),
              event.data(),
              event.user(),
              event.version());
      TestInbox<EventLog.Appended> inbox = TestInbox.create();
      lookups.add(new EventLog.Append(List.of(at), Optional.empty(), true, inbox.getRef()));
      begin();
    }

    private void begin() {
      lookups
          .begin()
          .ifPresent(begun -> whenDone(begun.seen(), seen -> accept(begun.appends(), seen)));
    }

    private void accept(List<EventLog.Append> appends, Map<String, Ulid> found) {
      var seen = lookups.end(found);
      var requests =
          appends.stream()
              .map(append -> new EventLogRules.Request(append.events(), _ -> List.of()))
              .toList();
      var entries = EventLogRules.accept(state, requests, seen, 0, time.millis());
      lookups.remember(entries);
      state = state.apply(new EventLogFact.Accepted(entries));
      for (var entry : entries) {
        if (entry.repeatOf().isEmpty()) {
          originals
              .computeIfAbsent(entry.event().userId().orElseThrow(), _ -> new ArrayList<>())
              .add(entry.event().id());
        }
      }
      put(entries);
      begin();
    }

    private void put(List<Entry> entries) {
      var rows =
          entries.stream()
              .map(entry ->
                  new EventIndex.Row(entry.event(), entry.functions(), entry.repeatOf(), List.of()))
              .toList();
      var ids = entries.stream().map(entry -> entry.event().id()).toList();
      whenDone(
          index.put(rows).thenApply(_ -> ids),
          done -> {
            lookups.forget(done);
            state = state.apply(new EventLogFact.Forgotten(done));
          });
    }

    /** What is under way is lost, what is stored is taken up again. */
    private void crash() {
      mailbox.clear();
      lives++;
      lookups.reset();
      var entries = List.copyOf(state.entries().values());
      lookups.remember(entries);
      put(entries);
    }

    private <T> void whenDone(CompletionStage<T> stage, Consumer<T> then) {
      var life = lives;
      var _ =
          stage.thenAccept(value ->
              mailbox.add(() -> {
                if (life == lives) {
                  then.accept(value);
                }
              }));
    }
  }
}
