package dev.stepwell.cassandra.owner;

import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.wire.Ulid;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A shard that this process has taken. Safe for use by many threads.
 *
 * <p>Everything that is written for the shard carries its epoch, which goes up when somebody takes
 * the shard, and also while it is owned: after a write of which nobody knows whether it has
 * happened. What arrives late is told by its lower epoch.
 */
public final class Claim {

  /** So many stamps has an epoch: at a thousand a second they last for decades. */
  private static final int STAMP_BITS = 40;

  /** What a claim asks of its process. */
  interface Surroundings {

    /** Whether the process's lease is alive for certain. */
    boolean leaseHolds();

    /** Has the epoch raised, and says so by {@link #raised}. */
    void raise(Claim claim);

    /**
     * Completes once somebody may write under an id: the next owner must know that he can't take it
     * for new, though it looks younger than his claim.
     */
    CompletionStage<Void> allow(Claim claim, Ulid id);
  }

  private final Shard shard;
  private final long taken;
  private final Newcomers newcomers;
  private final Surroundings surroundings;
  private final AtomicLong stamps = new AtomicLong();
  private final Set<String> inDoubt = ConcurrentHashMap.newKeySet();
  private volatile long epoch;
  private volatile boolean open = true;
  private @Nullable CompletableFuture<Void> raising;

  /**
   * A shard just taken.
   *
   * @param newcomers knows whose facts can't be there
   */
  Claim(Shard shard, long epoch, Newcomers newcomers, Surroundings surroundings) {
    this.shard = shard;
    taken = epoch;
    this.epoch = epoch;
    this.newcomers = newcomers;
    this.surroundings = surroundings;
  }

  public Shard shard() {
    return shard;
  }

  public long epoch() {
    return epoch;
  }

  /** The epoch in which the shard was taken. */
  public long taken() {
    return taken;
  }

  /** Whether the shard is this process's at this moment for certain. */
  public boolean holds() {
    return open && surroundings.leaseHolds();
  }

  /**
   * A number for a change: higher than those of all earlier changes for this shard, by whatever
   * process. Takes the place of a timestamp, for which clocks would have to agree.
   */
  public long stamp() {
    return epoch << STAMP_BITS | stamps.incrementAndGet();
  }

  /**
   * Somebody begins to write under an id.
   *
   * @return completes once he may: at once, unless the instant in the id is far ahead of the clock
   */
  public CompletionStage<Void> begins(Ulid id) {
    newcomers.add(id);
    return surroundings.allow(this, id);
  }

  /** Whether certainly nobody has ever written under an id of this shard. */
  public boolean isNew(Ulid id) {
    return holds() && newcomers.lacks(id);
  }

  /**
   * Nobody knows what has become of a write under an id.
   *
   * @param writtenIn the epoch in which it may arrive yet
   */
  public void doubt(String persistenceId, long writtenIn) {
    inDoubt.add(persistenceId);
    supersede(writtenIn);
  }

  /** Whether a write under an id is in doubt. */
  public boolean isInDoubt(String persistenceId) {
    return inDoubt.contains(persistenceId);
  }

  /** What was read of an id does not change any more, whatever arrives late. */
  public void settle(String persistenceId) {
    inDoubt.remove(persistenceId);
  }

  /** What was written in {@code epoch} may arrive late: whoever reads next gets a higher one. */
  public void supersede(long epoch) {
    synchronized (this) {
      if (!open || this.epoch > epoch || raising != null) {
        return;
      }
      raising = new CompletableFuture<>();
    }
    surroundings.raise(this);
  }

  /** Completes once the epochs of all writes in doubt are superseded; fails if it is lost. */
  public synchronized CompletionStage<Void> superseded() {
    return raising != null ? raising : CompletableFuture.completedStage(null);
  }

  void raised(long epoch) {
    CompletableFuture<Void> waited;
    synchronized (this) {
      this.epoch = epoch;
      waited = raising;
      raising = null;
    }
    if (waited != null) {
      waited.complete(null);
    }
  }

  boolean isOpen() {
    return open;
  }

  /** The shard is this process's no more. */
  void close() {
    CompletableFuture<Void> waited;
    synchronized (this) {
      open = false;
      waited = raising;
      raising = null;
    }
    if (waited != null) {
      waited.completeExceptionally(new NotOwnerException("shard " + shard + " was lost"));
    }
  }
}
