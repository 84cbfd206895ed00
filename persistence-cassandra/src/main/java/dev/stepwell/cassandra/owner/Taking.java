package dev.stepwell.cassandra.owner;

import dev.stepwell.engine.port.Shard;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a shard until its owner has given it back or is gone, and takes it. */
final class Taking {

  private static final Logger LOG = LoggerFactory.getLogger(Taking.class);

  /** Between two looks at a shard whose owner is well: it is about to give the shard back. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What it waits in. */
  interface Surroundings {
    /**
     * The shard is taken.
     *
     * @param epoch in which it is
     * @param aheadMillis see {@link OwnerTable.Owner}
     */
    void taken(Taking taking, long epoch, long aheadMillis);
  }

  private final Shard shard;
  private final Runnable lost;
  private final UUID me;
  private final OwnerTable table;
  private final ProcessLease lease;
  private final Timer timer;
  private final Surroundings surroundings;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private final long begunNanos = System.nanoTime();
  private boolean trying;
  private boolean again;
  private int tries;

  Taking(
      Shard shard,
      Runnable lost,
      UUID me,
      OwnerTable table,
      ProcessLease lease,
      Timer timer,
      Surroundings surroundings) {
    this.shard = shard;
    this.lost = lost;
    this.me = me;
    this.table = table;
    this.lease = lease;
    this.timer = timer;
    this.surroundings = surroundings;
  }

  Shard shard() {
    return shard;
  }

  /** Since it was begun, for logs. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
  }

  /** To be run if the shard is lost after it was taken. */
  Runnable lost() {
    return lost;
  }

  /** Whoever waits for the shard is told through this. */
  CompletableFuture<Boolean> done() {
    return done;
  }

  /** Tries at once, and then again and again. */
  void attempt() {
    synchronized (this) {
      if (done.isDone()) {
        return;
      }
      again = trying;
      if (trying) {
        return;
      }
      trying = true;
      tries++;
    }
    var _ =
        table
            .read(shard)
            .thenCompose(this::takeIfFree)
            .whenComplete((taken, failure) -> tried(taken, failure));
  }

  /** What came of a try: an epoch, or how long to wait before the next. */
  private record Try(Optional<Long> epoch, long aheadMillis, Duration pause) {}

  private CompletionStage<Try> takeIfFree(Optional<OwnerTable.Owner> owner) {
    var aheadMillis = owner.map(OwnerTable.Owner::aheadMillis).orElse(0L);
    var process = owner.flatMap(OwnerTable.Owner::process).filter(it -> !it.equals(me));
    return process
        .map(lease::isGone)
        .orElseGet(() -> CompletableFuture.completedStage(true))
        .thenCompose(free ->
            free
                ? table
                    .take(shard, owner, me)
                    .thenApply(epoch -> new Try(epoch, aheadMillis, PAUSE))
                : CompletableFuture.completedStage(
                    new Try(
                        Optional.empty(), aheadMillis, lease.patience(process.orElse(me), PAUSE))));
  }

  private void tried(@Nullable Try outcome, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.debug("Shard {} could not be taken, or perhaps it was", shard, failure);
    }
    if (outcome != null && outcome.epoch().isPresent()) {
      surroundings.taken(this, outcome.epoch().get(), outcome.aheadMillis());
      return;
    }
    boolean now;
    int number;
    synchronized (this) {
      trying = false;
      now = again;
      again = false;
      number = tries;
    }
    if (now) {
      attempt();
    } else {
      timer.after(outcome == null ? PAUSE : outcome.pause(), () -> attemptAfter(number));
    }
  }

  private void attemptAfter(int number) {
    synchronized (this) {
      if (tries != number) {
        return;
      }
    }
    attempt();
  }
}
