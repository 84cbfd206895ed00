package dev.stepwell.engine;

import dev.stepwell.engine.port.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.dispatch.ExecutionContexts;
import scala.concurrent.ExecutionContextExecutor;

/** The machine's clock. */
final class SystemTime implements Time {

  private static final Duration LONGEST = Duration.ofDays(1);

  // A ring only tells an actor something.
  private static final ExecutionContextExecutor ON_THE_SCHEDULERS_THREAD =
      ExecutionContexts.fromExecutor(Runnable::run);

  private final Clock clock = Clock.systemUTC();
  private final Scheduler scheduler;

  SystemTime(ActorSystem<?> system) {
    this.scheduler = system.scheduler();
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
        scheduled =
            scheduler.scheduleOnce(
                pause.isPositive() ? pause : Duration.ZERO, this::rung, ON_THE_SCHEDULERS_THREAD);
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
