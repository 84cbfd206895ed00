package dev.stepwell.server.race;

import dev.stepwell.EventName;

/** What is sent. A key stands for one answer and the runs that wait for it. */
final class RaceEvents {
  private RaceEvents() {}

  /** Starts runs, which wait for so long. */
  @EventName("race/question")
  record Question(String key, long waitMillis) {}

  @EventName("race/answer")
  record Answer(String key) {}
}
