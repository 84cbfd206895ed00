package dev.stepwell.cassandra.owner;

import dev.stepwell.cassandra.owner.LeaseTable.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's lease, which it renews all the time, and what it knows of the others', which it
 * watches all the time: when one dies, most of its silence has been observed already.
 */
final class ProcessLease {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessLease.class);

  private final UUID me;
  private final LeaseTable table;
  private final LeaseConfig config;
  private final LongSupplier nanos;
  private final Timer timer;
  private final Runnable othersGone;
  private final Validity validity;
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  private final Silence silence = new Silence();
  private final Map<UUID, CompletionStage<Boolean>> asked = new HashMap<>();

  private long counter;
  private boolean troubled;

  private ProcessLease(
      UUID me,
      LeaseTable table,
      LeaseConfig config,
      LongSupplier nanos,
      Timer timer,
      Runnable othersGone) {
    this.me = me;
    this.table = table;
    this.config = config;
    this.nanos = nanos;
    this.timer = timer;
    this.othersGone = othersGone;
    validity = new Validity(config.lifetime(), config.margin(), nanos.getAsLong());
  }

  /**
   * Makes a lease, and renews it from now on.
   *
   * @param timer until it is closed
   * @param othersGone runs when another process is found to own nothing any more
   */
  static CompletionStage<ProcessLease> begin(
      UUID me,
      LeaseTable table,
      LeaseConfig config,
      LongSupplier nanos,
      Timer timer,
      Runnable othersGone) {
    var lease = new ProcessLease(me, table, config, nanos, timer, othersGone);
    return table
        .create(me)
        .thenApply(_ -> {
          timer.after(config.renewInterval(), lease::renew);
          lease.watch();
          return lease;
        });
  }

  /** Whether the lease is alive for certain. */
  boolean holds() {
    return validity.holds(nanos.getAsLong());
  }

  /** Completes with the reason when the lease is gone for ever. */
  CompletionStage<String> ended() {
    return ended;
  }

  private void renew() {
    var sent = nanos.getAsLong();
    var _ =
        table
            .renew(me, ++counter)
            .whenComplete((renewal, failure) -> {
              if (!ended.isDone()) {
                renewed(sent, renewal, failure);
                var pause = config.renewInterval().minusNanos(nanos.getAsLong() - sent);
                timer.after(pause.isNegative() ? Duration.ZERO : pause, this::renew);
              }
            });
  }

  private void renewed(long sent, @Nullable Renewal renewal, @Nullable Throwable failure) {
    if (renewal == Renewal.DONE) {
      validity.renewed(sent);
      if (troubled) {
        troubled = false;
        LOG.info("This process's lease is renewed again");
      }
    } else if (renewal == Renewal.GONE) {
      end(
          "this process's lease was taken from it, because it was silent for too long or declared dead");
    } else if (!troubled && !holds()) {
      troubled = true;
      LOG.warn(
          "This process's lease could not be renewed in time; nothing is acknowledged until it is",
          failure);
    }
  }

  private void end(String why) {
    validity.end();
    if (ended.complete(why)) {
      LOG.error("This process can write nothing any more: {}", why);
    }
  }

  private void watch() {
    var _ =
        lookAround()
            .whenComplete((_, failure) -> {
              if (failure != null) {
                LOG.debug("The leases of other processes could not be read", failure);
              }
              timer.after(config.watchInterval(), this::watch);
            });
  }

  private CompletionStage<Void> lookAround() {
    return table
        .processes()
        .thenCompose(processes -> {
          var others = new HashSet<>(processes.keySet());
          synchronized (this) {
            // Whoever ends well takes itself off the list.
            others.addAll(silence.alive());
          }
          others.remove(me);
          return table.counters(others);
        })
        .thenCompose(counters -> {
          var doubtful = new ArrayList<CompletableFuture<?>>();
          counters.forEach((process, seen) -> {
            if (seen.isPresent()) {
              saw(process, seen);
            } else {
              doubtful.add(look(process).toCompletableFuture());
            }
          });
          return CompletableFuture.allOf(doubtful.toArray(CompletableFuture<?>[]::new));
        });
  }

  /**
   * Whether another process can own nothing any more. If it has been silent for a lifetime, its
   * lease is deleted first: so it learns, and cannot come back.
   */
  CompletionStage<Boolean> isGone(UUID process) {
    synchronized (this) {
      if (silence.isGone(process)) {
        return CompletableFuture.completedStage(true);
      }
      var under = asked.get(process);
      if (under != null) {
        return under;
      }
      var seen = silence.counter(process);
      if (seen.isPresent() && silence(process) < config.lifetime().toNanos()) {
        return CompletableFuture.completedStage(false);
      }
      var answer = new CompletableFuture<Boolean>();
      asked.put(process, answer);
      var _ =
          (seen.isPresent() ? take(process, seen.getAsLong()) : look(process))
              .whenComplete((gone, failure) -> answered(process, answer, gone, failure));
      return answer;
    }
  }

  private void answered(
      UUID process,
      CompletableFuture<Boolean> answer,
      @Nullable Boolean gone,
      @Nullable Throwable failure) {
    synchronized (this) {
      asked.remove(process);
    }
    if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.complete(Objects.requireNonNull(gone));
    }
  }

  /** When to ask again whether a process is gone that was not. */
  synchronized Duration patience(UUID process, Duration ifTalking) {
    if (silence.counter(process).isEmpty() || silence.isGone(process)) {
      return ifTalking;
    }
    var silent = silence(process);
    if (silent < config.renewInterval().plus(config.watchInterval()).toNanos()) {
      return ifTalking;
    }
    var left = config.lifetime().minusNanos(silent);
    return left.compareTo(ifTalking) < 0 ? ifTalking : left;
  }

  private long silence(UUID process) {
    return silence.nanos(process, nanos.getAsLong()).orElse(0);
  }

  private CompletionStage<Boolean> look(UUID process) {
    return table.certainCounter(process).thenApply(found -> saw(process, found));
  }

  private CompletionStage<Boolean> take(UUID process, long ifCounter) {
    return table.delete(process, ifCounter).thenApply(left -> saw(process, left));
  }

  /** Remembers what was seen of a lease, and returns whether it is gone. */
  private boolean saw(UUID process, OptionalLong found) {
    synchronized (this) {
      if (found.isPresent()) {
        silence.saw(process, found.getAsLong(), nanos.getAsLong());
        return false;
      }
      silence.sawGone(process);
    }
    var _ =
        table
            .strike(process)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                LOG.debug("Process {} is gone, and stays on the list for now", process, failure);
              }
            });
    othersGone.run();
    return true;
  }

  /** Takes their leases from the processes with that address, without waiting for anything. */
  CompletionStage<Void> breakThoseAt(String address) {
    return table
        .processes()
        .thenCompose(processes ->
            CompletableFuture.allOf(
                processes.entrySet().stream()
                    .filter(one -> one.getValue().filter(address::equals).isPresent())
                    .map(one -> breakNow(one.getKey()).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new)));
  }

  private CompletionStage<Boolean> breakNow(UUID process) {
    return table
        .certainCounter(process)
        .thenCompose(found ->
            found.isEmpty()
                ? CompletableFuture.completedStage(saw(process, found))
                : take(process, found.getAsLong()))
        .thenCompose(gone -> gone ? CompletableFuture.completedStage(true) : breakNow(process));
  }

  CompletionStage<Void> announce(String address) {
    return table.announce(me, address);
  }

  /** Gives the lease back. From now on nothing holds. */
  CompletionStage<Void> giveBack() {
    validity.end();
    ended.complete("the store is closed");
    return breakNow(me).thenAccept(_ -> {});
  }
}
