package dev.stepwell.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A round deletes what is old and over, in pages, and spares the rest. */
final class SweepTest {

  private static final int PARTITIONS = 4;
  private static final long CUTOFF = 1_000_000;
  private static final String FUNCTION = "fulfil";

  private final MemoryStore store = new MemoryStore();

  @Test
  void deletesRunsThatEndedBeforeTheCutoffWithTheirFacts() {
    ended(1, CUTOFF - 1);
    ended(2, CUTOFF);
    running(3);

    var sweep = sweep();

    assertThat(sweep.runs()).isEqualTo(1);
    assertThat(isListed(1)).isFalse();
    assertThat(hasFacts(1)).isFalse();
    assertThat(isListed(2) && isListed(3)).isTrue();
    assertThat(hasFacts(2) && hasFacts(3)).isTrue();
  }

  @Test
  void deletesManyRunsOfOneInstantAPageAtATime() {
    for (var i = 0; i < 2_500; i++) {
      ended(i, 5);
    }
    var sweep = new Sweep(store, PARTITIONS, new Sweep.Cutoffs(CUTOFF, CUTOFF));
    assertThat(get(sweep.next())).isTrue();
    assertThat(sweep.runs()).isEqualTo(1_000);
    finish(sweep);

    assertThat(sweep.runs()).isEqualTo(2_500);
    assertThat(get(store.runs().endedBetween(0, Long.MAX_VALUE, 10))).isEmpty();
  }

  @Test
  void deletesAnEventOnceNoneOfItsRunsIsListed() {
    var alive = event(1, 10, 10, FUNCTION, "audit");
    var over = event(2, 10, 10, FUNCTION, "audit");
    var young = event(3, CUTOFF, 10);
    var own = event(4, 20, 20);
    running(alive.id().derive("audit"));
    ended(over.id().derive("audit"), 30);

    var sweep = sweep();

    assertThat(sweep.events()).isEqualTo(2);
    assertThat(hasEvent(alive) && hasEvent(young)).isTrue();
    assertThat(hasEvent(over) || hasEvent(own)).isFalse();
  }

  @Test
  void sparesAnEventWhoseInstantIsAheadOfTheCutoff() {
    var ahead = event(1, 10, CUTOFF, FUNCTION);
    var past = event(2, 10, CUTOFF - 1, FUNCTION);

    sweep();

    assertThat(hasEvent(ahead)).isTrue();
    assertThat(hasEvent(past)).isFalse();
  }

  @Test
  void sparesAnEventThatMayStillWaitForItsTimer() {
    var parked = event(1, 10, 500, FUNCTION);
    var neverParked = event(2, 500, 500, FUNCTION);
    var target = new Target.OfEvent(parked.id());
    var timer = new TimerStore.Row(500, target.key(), new byte[0]);
    var partition = Math.floorMod(target.spread(), PARTITIONS);
    get(store.timers().put(partition, List.of(timer)));

    sweep();
    assertThat(hasEvent(parked)).isTrue();
    assertThat(hasEvent(neverParked)).isFalse();

    get(store.timers().delete(partition, List.of(timer)));
    sweep();
    assertThat(hasEvent(parked)).isFalse();
  }

  @Test
  void goesOnBehindAPageOfEventsThatLive() {
    for (var i = 0; i < 1_500; i++) {
      running(event(i, 10 + i, 10, FUNCTION).id().derive(FUNCTION));
    }
    var over = event(2_000, 5_000, 10, FUNCTION);

    assertThat(sweep().events()).isEqualTo(1);
    assertThat(hasEvent(over)).isFalse();
  }

  private Sweep sweep() {
    var sweep = new Sweep(store, PARTITIONS, new Sweep.Cutoffs(CUTOFF, CUTOFF));
    finish(sweep);
    return sweep;
  }

  private static void finish(Sweep sweep) {
    for (var pages = 0; get(sweep.next()); pages++) {
      assertThat(pages).isLessThan(100);
    }
  }

  private Event event(int number, long receivedAt, long ts, String... functions) {
    var event =
        new Event(
            id(number),
            Optional.empty(),
            "shop/ordered",
            ts,
            receivedAt,
            Json.EMPTY_OBJECT,
            Optional.empty(),
            Optional.empty());
    get(
        store
            .events()
            .put(
                List.of(
                    new EventIndex.Row(event, List.of(functions), Optional.empty(), List.of()))));
    return event;
  }

  private void ended(int number, long endedAt) {
    ended(id(number), endedAt);
  }

  private void ended(Ulid run, long endedAt) {
    put(run, RunStatus.COMPLETED, OptionalLong.of(endedAt));
  }

  private void running(int number) {
    running(id(number));
  }

  private void running(Ulid run) {
    put(run, RunStatus.RUNNING, OptionalLong.empty());
  }

  private void put(Ulid run, RunStatus status, OptionalLong endedAt) {
    get(store.journal().append(RunEntity.persistenceId(run), 1, List.of(new byte[1])));
    get(
        store
            .runs()
            .put(
                List.of(
                    new RunIndex.Row(run, FUNCTION, status, id(0), "shop/ordered", 1, endedAt))));
  }

  private boolean isListed(int number) {
    return get(store.runs().get(id(number))).isPresent();
  }

  private boolean hasFacts(int number) {
    return get(store.journal().highestSequenceNr(RunEntity.persistenceId(id(number)))) > 0;
  }

  private boolean hasEvent(Event event) {
    return get(store.events().get(event.id())).isPresent();
  }

  private static Ulid id(int number) {
    return Ulid.of(1, number, number);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
