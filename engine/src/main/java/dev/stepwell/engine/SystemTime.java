package dev.stepwell.engine;

import dev.stepwell.engine.port.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.dispatch.ExecutionContexts;
import scala.concurrent.ExecutionContextExecutor;

/**
 * The machine's clock, made to go forward only: see {@link ForwardClock}. Alarms sleep by the
 * scheduler's clock, which knows nothing of jumps, so each looks at ours every {@link #LONGEST}:
 * what a jump forward has made due rings that much later at most.
 */
final class SystemTime implements Time {

  static final Duration LONGEST = Duration.ofSeconds(5);

  // A ring only tells an actor something.
  private static final ExecutionContextExecutor ON_THE_SCHEDULERS_THREAD =
      ExecutionContexts.fromExecutor(Runnable::run);

  /** Runs something once, when so much time has gone by. */
  interface Delays {
    Cancellable after(Duration pause, Runnable run);
  }

  private final InstantSource clock;
  private final Delays delays;

  SystemTime(ActorSystem<?> system) {
    this(
        new ForwardClock(Clock.systemUTC(), System::nanoTime),
        (pause, run) -> system.scheduler().scheduleOnce(pause, run, ON_THE_SCHEDULERS_THREAD));
  }

  /** With a clock that never goes backward. */
  SystemTime(InstantSource clock, Delays delays) {
    this.clock = clock;
    this.delays = delays;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long millis() {
    return clock.millis();
  }

  @Override
  public Alarm at(Instant at, Runnable ring) {
    var set = new SetAlarm(at, ring);
    set.schedule();
    return set;
  }

  /** Sleeps by the scheduler's clock, and looks at ours before it rings. */
  private final class SetAlarm implements Alarm {
    private final Instant at;
    private final Runnable ring;
    private Cancellable scheduled = Cancellable.alreadyCancelled();
    private boolean cancelled;

    private SetAlarm(Instant at, Runnable ring) {
      this.at = at;
      this.ring = ring;
    }

    private synchronized void schedule() {
      if (!cancelled) {
        var left = Duration.between(clock.instant(), at);
        var pause = left.compareTo(LONGEST) > 0 ? LONGEST : left;
        scheduled = delays.after(pause.isPositive() ? pause : Duration.ZERO, this::rung);
      }
    }

    private void rung() {
      if (clock.instant().isBefore(at)) {
        schedule();
      } else {
        ring.run();
      }
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      var _ = scheduled.cancel();
    }
  }
}
