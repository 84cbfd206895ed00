package dev.stepwell.engine.port;

/** Where a run stands, as lists and users see it. */
public enum RunStatus {
  /** Under way: executing, sleeping, waiting or between two attempts. */
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED;

  public boolean ended() {
    return this != RUNNING;
  }
}
