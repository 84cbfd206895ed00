package dev.stepwell.engine.cron;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Starts a function because its time has come. */
public interface Tick {

  /**
   * Completes once the tick is stored. Called again after a crash: the same function, schedule and
   * instant must start one run only.
   *
   * @param scheduledAt the instant that the schedule says, however late it is
   */
  CompletionStage<?> append(String function, String cron, Instant scheduledAt);
}
