package dev.stepwell.server.race;

import dev.stepwell.EventName;

/** What is sent. A key stands for one answer and the runs that wait for it. */
final class RaceEvents {
  private RaceEvents() {}

  /**
   * Starts a run, which waits for so long.
   *
   * @param watched whether it starts a second one, which waits for the same answer
   */
  @EventName("race/question")
  record Question(String key, long waitMillis, boolean watched) {}

  @EventName("race/answer")
  record Answer(String key) {}
}
