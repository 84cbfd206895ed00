package dev.stepwell.testkit;

import java.time.Duration;
import java.util.Optional;

/** Says at which moments the engine's process ends. */
@FunctionalInterface
public interface CrashPlan {

  /**
   * Shown every moment of every life of the engine, one at a time, on the thread that it happens
   * on; none of a life that has ended.
   *
   * @return if the process ends at that moment: how much time goes by until it is started again
   */
  Optional<Duration> downFor(Moment moment);
}
