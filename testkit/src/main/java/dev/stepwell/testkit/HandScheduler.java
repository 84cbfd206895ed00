package dev.stepwell.testkit;

import com.typesafe.config.Config;
import dev.stepwell.engine.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * Pekko's own pauses and time limits, on the clock that the test turns: an actor that restarts
 * after a pause does so when the clock says so, and no answer is late while the clock stands.
 */
public final class HandScheduler extends AbstractScheduler {

  private static final double RINGS_PER_SECOND_MAX = 1_000;

  private final List<Task> early = new ArrayList<>();
  private @Nullable Time time;

  /** Called by Pekko, which finds the class by its name in the configuration. */
  public HandScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  /** Sets what has been asked for so far, and from now on, by {@code newTime}. */
  synchronized void setBy(Time newTime) {
    time = newTime;
    early.forEach(task -> task.set(newTime));
    early.clear();
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable work, ExecutionContext executor) {
    return begin(new Task(delay, null, work, executor));
  }

  @Override
  @Deprecated // by Pekko, for its users; it calls this itself
  public Cancellable schedule(
      FiniteDuration delay, FiniteDuration interval, Runnable work, ExecutionContext executor) {
    return begin(new Task(delay, interval, work, executor));
  }

  private synchronized Cancellable begin(Task task) {
    if (time == null) {
      early.add(task);
    } else {
      task.set(time);
    }
    return task;
  }

  @Override
  public double maxFrequency() {
    return RINGS_PER_SECOND_MAX;
  }

  private static final class Task implements Cancellable {
    private final @Nullable Duration interval;
    private final Runnable work;
    private final ExecutionContext executor;
    private Duration pause;
    private Time.Alarm alarm = () -> {};
    private boolean over;

    private Task(
        FiniteDuration delay,
        @Nullable FiniteDuration interval,
        Runnable work,
        ExecutionContext executor) {
      this.pause = Duration.ofNanos(delay.toNanos());
      this.interval = interval == null ? null : Duration.ofNanos(interval.toNanos());
      this.work = work;
      this.executor = executor;
    }

    private synchronized void set(Time time) {
      if (!over) {
        alarm = time.at(time.instant().plus(pause), () -> ring(time));
      }
    }

    private synchronized void ring(Time time) {
      if (over) {
        return;
      }
      executor.execute(work);
      if (interval == null) {
        over = true;
      } else {
        pause = interval;
        set(time);
      }
    }

    @Override
    public synchronized boolean cancel() {
      var first = !over;
      over = true;
      alarm.cancel();
      return first;
    }

    @Override
    public synchronized boolean isCancelled() {
      return over;
    }
  }
}
