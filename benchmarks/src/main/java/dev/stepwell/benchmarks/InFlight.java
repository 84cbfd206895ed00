package dev.stepwell.benchmarks;

import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** The runs that were asked for and have not got where they were to get; how long each took. */
final class InFlight implements RunListener {

  private static final int DIGITS = 3;
  private static final long POLL_MILLIS = 20;

  /** Where a run is to get. */
  enum Goal {
    ENDED,
    /** Asleep, or waiting for an event. */
    RESTING
  }

  private final Map<Ulid, Long> begun = new ConcurrentHashMap<>();
  private final Recorder latencies = new Recorder(DIGITS);
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile Goal goal;
  private volatile Runnable whenDone = () -> {};

  InFlight(Goal goal) {
    this.goal = goal;
  }

  /** Another goal for the runs to come; none are in flight. */
  void aim(Goal newGoal) {
    goal = newGoal;
  }

  /** Has each arrival told. */
  void whenDone(Runnable told) {
    whenDone = told;
  }

  void begin(Ulid run, long nanoTime) {
    begun.put(run, nanoTime);
  }

  long done() {
    return done.sum();
  }

  /** Runs that ended otherwise than they should. */
  long failed() {
    return failed.sum();
  }

  /** How long each took that has arrived since this was last asked, in nanoseconds. */
  Histogram latencies() {
    return latencies.getIntervalHistogram();
  }

  /** Waits until nothing is in flight. */
  void drain(long seconds) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!begun.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(begun.size() + " runs have not got to their goal");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void step(
      Ulid runId, String function, String step, String state, Supplier<String> detail, Instant at) {
    if (goal == Goal.RESTING && (state.equals("sleeping") || state.equals("waiting"))) {
      arrive(runId);
    }
  }

  @Override
  public void ended(Ulid runId, String function, RunStatus status, Instant at) {
    if (status != RunStatus.COMPLETED) {
      failed.increment();
    }
    if (goal == Goal.ENDED) {
      arrive(runId);
    }
  }

  private void arrive(Ulid run) {
    var since = begun.remove(run);
    if (since != null) {
      latencies.recordValue(System.nanoTime() - since);
      done.increment();
      whenDone.run();
    }
  }
}
