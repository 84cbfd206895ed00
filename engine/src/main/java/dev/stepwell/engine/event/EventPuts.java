package dev.stepwell.engine.event;

import static java.util.stream.Collectors.toCollection;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.wakeup.Outstanding;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition on their way into the index. One put is under way at a time, and what
 * comes meanwhile gathers for the next: so all partitions together never ask for more than a store
 * takes on. What could not be put is put again after a pause, and the pauses grow.
 */
final class EventPuts {

  /** Of the events that are put together; a larger one goes alone. */
  static final int BATCH_BYTES = 256 << 10;

  /** An event whose row is not known to be in the index. */
  static final class Pending {
    private final Entry entry;

    /** Whether the row may be there nevertheless. */
    private boolean put;

    Pending(Entry entry, boolean put) {
      this.entry = entry;
      this.put = put;
    }

    Entry entry() {
      return entry;
    }
  }

  /** Events whose rows are put together. */
  static final class Batch {
    private final List<Pending> rows = new ArrayList<>();

    List<Pending> rows() {
      return rows;
    }

    List<Ulid> events() {
      return rows.stream().map(row -> row.entry.event().id()).toList();
    }
  }

  private final EventIndex index;
  private final Time time;
  private final ActorContext<EventLog.Message> context;
  private final Function<Entry, EventIndex.Row> row;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private @Nullable Batch underWay;
  private Duration pause = Outstanding.PAUSE_FIRST;
  private Instant notBefore = Instant.MIN;

  /**
   * Nothing is under way yet.
   *
   * @param row makes an event's row when it is about to be put
   */
  EventPuts(
      EventIndex index,
      Time time,
      ActorContext<EventLog.Message> context,
      Function<Entry, EventIndex.Row> row) {
    this.index = index;
    this.time = time;
    this.context = context;
    this.row = row;
  }

  /** The names of all events whose rows are not known to be in the index. */
  Set<String> names() {
    var pending = underWay == null ? Stream.<Pending>of() : underWay.rows.stream();
    return Stream.concat(pending, waiting.stream())
        .map(one -> one.entry.event().name())
        .collect(toCollection(HashSet::new));
  }

  void add(List<Pending> some) {
    waiting.addAll(some);
    begin();
  }

  /** Begins the next put, if there is something to put and nothing to wait for. */
  void begin() {
    if (underWay == null && !waiting.isEmpty() && !time.instant().isBefore(notBefore)) {
      underWay = take();
      put(underWay);
    }
  }

  private Batch take() {
    var batch = new Batch();
    var bytes = 0L;
    do {
      var next = waiting.remove();
      batch.rows.add(next);
      bytes += next.entry.sizeBytes();
    } while (!waiting.isEmpty() && bytes + waiting.element().entry.sizeBytes() <= BATCH_BYTES);
    return batch;
  }

  private void put(Batch batch) {
    var rows = new ArrayList<EventIndex.Row>(batch.rows.size());
    var again = false;
    for (var one : batch.rows) {
      rows.add(row.apply(one.entry));
      again |= one.put;
      one.put = true;
    }
    var stage = (again ? index.put(rows) : index.add(rows)).toCompletableFuture();
    if (stage.isDone() && !stage.isCompletedExceptionally()) {
      context.getSelf().tell(new EventLog.Indexed(batch, null));
    } else {
      context.pipeToSelf(stage, (_, failure) -> new EventLog.Indexed(batch, failure));
    }
  }

  /**
   * A put has come to its end, and the next one begins.
   *
   * @return what is in the index now
   */
  List<Pending> ended(Batch batch, @Nullable Throwable failure) {
    if (batch != underWay) {
      // Of an earlier life.
      return List.of();
    }
    underWay = null;
    if (failure != null) {
      failed(batch, failure);
      return List.of();
    }
    pause = Outstanding.PAUSE_FIRST;
    begin();
    return batch.rows;
  }

  private void failed(Batch batch, Throwable failure) {
    if (!StoreOverloadedException.isBehind(failure)) {
      context.getLog().warn("{} events not in the index yet", batch.rows.size(), failure);
    }
    batch.rows.reversed().forEach(waiting::addFirst);
    notBefore = time.instant().plus(pause);
    pause = Outstanding.longer(pause);
  }

  void reset() {
    waiting.clear();
    underWay = null;
    pause = Outstanding.PAUSE_FIRST;
    notBefore = Instant.MIN;
  }
}
