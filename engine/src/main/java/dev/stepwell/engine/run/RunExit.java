package dev.stepwell.engine.run;

import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's way out of memory. Between asking for it and being stopped, the run may still be called;
 * if it took up work then, it would be stopped in the middle of it. So it leaves such calls to its
 * next life.
 */
final class RunExit {

  private final Ulid runId;
  private final Shards shards;
  private final Runnable passivate;
  private final List<RunEntity.Call> late = new ArrayList<>();
  private boolean leaving;

  RunExit(Ulid runId, Shards shards, Runnable passivate) {
    this.runId = runId;
    this.shards = shards;
    this.passivate = passivate;
  }

  /** Asks to be stopped. */
  void leave() {
    leaving = true;
    passivate.run();
  }

  /** Whether {@code call} has come too late; then it is kept for the next life. */
  boolean keeps(RunEntity.Call call) {
    if (leaving) {
      late.add(call);
    }
    return leaving;
  }

  /**
   * Being stopped: from now on, whatever is sent begins a new life.
   *
   * @param unsettled calls that this life has taken up and not come to an end with
   */
  void left(List<? extends RunEntity.Call> unsettled) {
    late.addAll(unsettled);
    late.forEach(call -> shards.handOn(RunEntity.KIND, runId.toString(), call));
    late.clear();
  }
}
