package dev.stepwell.server.crash;

import dev.stepwell.EventName;

/** What the driver sends. A key stands for one thing asked for, however often it is sent. */
final class CrashEvents {
  private CrashEvents() {}

  @EventName("crash/work")
  record Work(String key) {}

  @EventName("crash/nap")
  record Nap(String key, long millis) {}

  /**
   * Asks for an answer.
   *
   * @param workMillis what happens before the wait for it
   */
  @EventName("crash/question")
  record Question(String key, long workMillis, long atMostMillis) {}

  @EventName("crash/answer")
  record Answer(String key, String text) {}

  @EventName("crash/call")
  record Call(String key) {}

  @EventName("crash/called")
  record Called(String key) {}

  /** The engine's own, about a run's end. */
  @EventName("inngest/function.finished")
  record Finished(String function_id, String run_id) {}
}
