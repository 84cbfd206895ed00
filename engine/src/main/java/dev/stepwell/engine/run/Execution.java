package dev.stepwell.engine.run;

import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;

/** A function's code at work for a run, from its first line on. */
public interface Execution {

  /** Whether nothing of it goes on before its run lets it: all of its threads are blocked. */
  boolean idle();

  /**
   * The run is in this state now, and lets whatever can go on do so. Told on the run's thread, and
   * perhaps more often than anything has changed.
   */
  default void proceed(Active state) {}

  /**
   * Ends it: at once where it waits for its run, else as soon as it next turns to it. What it
   * reports from now on is not wanted.
   */
  void abandon();

  /** Starts executions of the functions that this node has the code of. */
  interface Launcher {
    Execution launch(Ulid runId, Active state, Desk desk);
  }

  /** Where an execution turns to its run. */
  interface Desk {
    /**
     * Hands reports in. They are stored before the answer comes.
     *
     * @param until the answer comes only once code can go on behind this step
     */
    void report(Execution from, List<Report> reports, Optional<String> until, Handoff handoff);

    /** The last thread that was awake waits for another thread, which is blocked. */
    void idle(Execution from);
  }

  /** One thread's turn to its run. Told on the run's thread; the first answer counts. */
  interface Handoff {
    /** The answer has to wait. */
    void block();

    void resume(Active state);

    void abandon();
  }
}
