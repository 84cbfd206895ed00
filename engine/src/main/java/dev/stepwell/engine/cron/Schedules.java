package dev.stepwell.engine.cron;

/** Which schedules functions have by now. */
public interface Schedules {

  /** How a function stands to a schedule. */
  enum Standing {
    /** It has it. */
    CURRENT,
    /** It has it no more: no tick is to follow. */
    GONE,
    /** This node does not know yet: to be asked again. */
    UNKNOWN
  }

  /** Must not block. */
  Standing of(String function, String cron);
}
