package dev.stepwell.server.race;

import dev.stepwell.engine.port.Time;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The machine's clock. A test is over before anybody sets it back. */
final class RealTime implements Time, AutoCloseable {

  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Alarm at(Instant at, Runnable ring) {
    var nanos = Math.max(0, Instant.now().until(at, ChronoUnit.NANOS));
    var alarm = alarms.schedule(() -> ringAt(at, ring), nanos, TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  private void ringAt(Instant at, Runnable ring) {
    while (Instant.now().isBefore(at)) {
      Thread.onSpinWait();
    }
    ring.run();
  }

  @Override
  public void close() {
    alarms.shutdownNow();
  }
}
