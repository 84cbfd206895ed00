package dev.stepwell.cassandra.owner;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.engine.port.Ownership;
import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards of this process, in the tables of the cluster. A shard may be taken that nobody ever
 * owned, that was given back, or whose owner's lease is gone.
 */
public final class ShardOwners implements Ownership, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardOwners.class);

  /** Between two tries to raise an epoch. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What was given up may still arrive, so long after. */
  private static final List<Duration> LATE =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20));

  /** What the clocks of two nodes may differ by before an id that is not new is taken for new. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(10);

  /**
   * So far an id's instant may be ahead of the clock of whoever writes under it: an id's maker has
   * a clock of his own.
   */
  private static final Duration AHEAD = Duration.ofSeconds(2);

  /** Whoever makes ids far ahead goes on doing so: for so long that is noted at once. */
  private static final Duration NOTED_BEYOND = Duration.ofMinutes(5);

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(30);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private static final CompletionStage<Void> ALLOWED = CompletableFuture.completedFuture(null);

  private final UUID me = UUID.randomUUID();
  private final OwnerTable table;
  private final Clocks clocks;
  private final ScheduledThreadPoolExecutor executor;
  private final ProcessLease lease;
  private final Map<Shard, Claim> claims = new ConcurrentHashMap<>();
  private final Map<Shard, Taking> takings = new HashMap<>();
  private final Map<Shard, Runnable> losses = new HashMap<>();

  private ShardOwners(Cql cql, ConsistencyLevel serial, LeaseConfig config, Clocks clocks) {
    this.clocks = clocks;
    table = new OwnerTable(cql, serial);
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("stepwell-lease").factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    var leases = new LeaseTable(cql, serial, config.lifetime().dividedBy(2));
    lease =
        ProcessLease.begin(me, leases, config, clocks.nanos(), this::after, this::tryAgain)
            .toCompletableFuture()
            .orTimeout(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    var _ = lease.ended().thenAccept(_ -> loseAll());
  }

  /**
   * Begins a lease for this process.
   *
   * @param cql for nothing else: a lease must be renewed whatever else waits
   * @param serial how a read sees what lightweight transactions have done
   */
  public static ShardOwners open(
      Cql cql, ConsistencyLevel serial, LeaseConfig config, Clocks clocks) {
    return new ShardOwners(cql, serial, config, clocks);
  }

  /** By which id the tables know this process. */
  public UUID process() {
    return me;
  }

  /**
   * A shard that this process has taken.
   *
   * @throws NotOwnerException if it has not, or could not write for it at this moment
   */
  public Claim claim(Shard shard) {
    var claim = claims.get(shard);
    if (claim == null || !claim.holds()) {
      throw new NotOwnerException(
          claim == null
              ? "shard " + shard + " is not on this node"
              : "this process's lease is in doubt, so shard " + shard + " is out of reach");
    }
    return claim;
  }

  /** A shard that this process has taken and could write for at this moment. */
  public Optional<Claim> find(Shard shard) {
    return Optional.ofNullable(claims.get(shard)).filter(Claim::holds);
  }

  @Override
  public boolean owns(Shard shard) {
    return find(shard).isPresent();
  }

  @Override
  public CompletionStage<Boolean> take(Shard shard, Runnable lost) {
    var taking = new Taking(shard, lost, me, table, lease, this::after, this::taken);
    Taking before;
    synchronized (this) {
      if (lease.ended().toCompletableFuture().isDone()) {
        return CompletableFuture.failedStage(
            new NotOwnerException("this process can own nothing any more"));
      }
      drop(shard);
      before = takings.put(shard, taking);
    }
    if (before != null) {
      before.done().complete(false);
    }
    taking.attempt();
    return taking.done();
  }

  private void taken(Taking taking, long epoch, long aheadMillis) {
    var shard = taking.shard();
    var clocksApart = clocks.wall().millis() + AHEAD.plus(CLOCKS_APART).toMillis();
    var newcomers = new Newcomers(Math.max(clocksApart, aheadMillis));
    var claim = new Claim(shard, epoch, newcomers, new ClaimSurroundings(aheadMillis));
    boolean wanted;
    synchronized (this) {
      wanted = takings.remove(shard, taking);
      if (wanted) {
        claims.put(shard, claim);
        losses.put(shard, taking.lost());
      }
    }
    if (!wanted) {
      var _ = release(shard, epoch);
    }
    LOG.debug("Shard {} is taken in epoch {} after {} ms", shard, epoch, taking.millis());
    taking.done().complete(wanted);
  }

  @Override
  public CompletionStage<Void> giveBack(Shard shard) {
    Taking taking;
    Claim claim;
    synchronized (this) {
      taking = takings.remove(shard);
      claim = drop(shard);
    }
    if (taking != null) {
      taking.done().complete(false);
      lateReleases(shard);
    }
    return claim == null ? CompletableFuture.completedStage(null) : release(shard, claim.epoch());
  }

  private @Nullable Claim drop(Shard shard) {
    var claim = claims.remove(shard);
    losses.remove(shard);
    if (claim != null) {
      claim.close();
    }
    return claim;
  }

  private CompletionStage<Void> release(Shard shard, long epoch) {
    return table
        .release(shard, epoch, me)
        // The epoch may have gone up, by a raise that was under way.
        .thenCompose(
            done -> done ? CompletableFuture.completedStage(null) : releaseUnlessWanted(shard))
        .exceptionally(failure -> {
          LOG.debug("Shard {} could not be given back at once", shard, failure);
          lateReleases(shard);
          return null;
        });
  }

  /** Gives back what this process may have taken, or failed to give back, without knowing it. */
  private void lateReleases(Shard shard) {
    for (var late : LATE) {
      after(
          late,
          () -> {
            var _ = releaseUnlessWanted(shard);
          });
    }
  }

  private CompletionStage<Void> releaseUnlessWanted(Shard shard) {
    return table
        .read(shard)
        .thenCompose(owner ->
            owner
                .filter(it -> it.is(me) && !isWanted(shard))
                .map(it -> release(shard, it.epoch()))
                .orElseGet(() -> CompletableFuture.completedStage(null)));
  }

  private synchronized boolean isWanted(Shard shard) {
    return takings.containsKey(shard) || claims.containsKey(shard);
  }

  @Override
  public CompletionStage<Void> announce(String address) {
    return lease.announce(address);
  }

  @Override
  public CompletionStage<Void> breakLease(String address) {
    return lease.breakThoseAt(address);
  }

  @Override
  public CompletionStage<String> ended() {
    return lease.ended();
  }

  private void after(Duration pause, Runnable work) {
    if (!executor.isShutdown()) {
      var _ = executor.schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Somebody is gone, who may have owned what is waited for. */
  private void tryAgain() {
    List<Taking> waiting;
    synchronized (this) {
      waiting = List.copyOf(takings.values());
    }
    waiting.forEach(Taking::attempt);
  }

  private void loseAll() {
    List<Taking> waiting;
    List<Runnable> told;
    synchronized (this) {
      waiting = List.copyOf(takings.values());
      takings.clear();
      told = List.copyOf(losses.values());
      List.copyOf(claims.keySet()).forEach(this::drop);
    }
    waiting.forEach(taking ->
        taking
            .done()
            .completeExceptionally(new NotOwnerException("this process can own nothing any more")));
    told.forEach(Runnable::run);
  }

  /** What a claim asks of its process. */
  private final class ClaimSurroundings implements Claim.Surroundings {
    private final AtomicLong aheadMillis;

    private ClaimSurroundings(long aheadMillis) {
      this.aheadMillis = new AtomicLong(aheadMillis);
    }

    @Override
    public boolean leaseHolds() {
      return lease.holds();
    }

    @Override
    public void raise(Claim claim) {
      ShardOwners.this.raise(claim);
    }

    @Override
    public CompletionStage<Void> allow(Claim claim, Ulid id) {
      var millis = id.millis();
      if (millis <= clocks.wall().millis() + AHEAD.toMillis() || millis <= aheadMillis.get()) {
        return ALLOWED;
      }
      var until = millis + NOTED_BEYOND.toMillis();
      return table
          .note(claim.shard(), until, claim.epoch(), me)
          .thenAccept(done -> {
            if (!done) {
              throw new NotOwnerException(
                  "shard "
                      + claim.shard()
                      + " was lost, or has a new epoch, while "
                      + id
                      + " began");
            }
            aheadMillis.accumulateAndGet(until, Math::max);
          });
    }
  }

  private void raise(Claim claim) {
    var epoch = claim.epoch();
    var _ =
        table
            .raise(claim.shard(), epoch, me)
            .thenCompose(raised ->
                raised
                    ? CompletableFuture.completedStage(true)
                    // Or an earlier try has come through after all.
                    : table
                        .read(claim.shard())
                        .thenApply(owner ->
                            owner.filter(it -> it.is(me) && it.epoch() == epoch + 1).isPresent()))
            .whenComplete((raised, failure) -> {
              if (failure != null) {
                if (claim.isOpen()) {
                  after(PAUSE, () -> raise(claim));
                }
              } else if (raised) {
                claim.raised(epoch + 1);
              } else {
                lose(claim);
              }
            });
  }

  private void lose(Claim claim) {
    Runnable told;
    synchronized (this) {
      if (!claim.isOpen() || claims.get(claim.shard()) != claim) {
        return;
      }
      told = losses.get(claim.shard());
      drop(claim.shard());
    }
    LOG.error("Shard {} was lost to another process", claim.shard());
    if (told != null) {
      told.run();
    }
  }

  /** Gives everything back. */
  @Override
  public void close() {
    try {
      lease
          .giveBack()
          .toCompletableFuture()
          .orTimeout(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(failure -> {
            LOG.warn("The lease could not be given back: others wait until it runs out", failure);
            return null;
          })
          .join();
    } finally {
      executor.shutdown();
    }
  }
}
