package dev.stepwell.engine.execution;

import dev.stepwell.engine.run.Execution.Handoff;
import dev.stepwell.engine.run.RunState.Active;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread's turn to its run: the thread parks until the run answers. */
final class Turn implements Handoff {

  private sealed interface Reply {}

  private record Resumed(Active state) implements Reply {}

  private record Abandoned() implements Reply {}

  private final Thread thread = Thread.currentThread();
  private final AtomicInteger awake;
  private final Busy busy;
  private final AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
  private boolean blocked;

  /**
   * A turn of the current thread.
   *
   * @param awake threads of the execution that are not blocked
   */
  Turn(AtomicInteger awake, Busy busy) {
    this.awake = awake;
    this.busy = busy;
  }

  /**
   * Parks the thread until the answer is there.
   *
   * @throws Unwound if the run has no more use for the thread
   */
  Active await() {
    busy.less();
    while (true) {
      switch (reply.get()) {
        case Resumed(var state) -> {
          return state;
        }
        case Abandoned _ -> throw new Unwound();
        case null -> {
          // An interrupt is the author's business; here it would only keep the thread from parking.
          var _ = Thread.interrupted();
          LockSupport.park(this);
        }
      }
    }
  }

  @Override
  public void block() {
    blocked = true;
    awake.decrementAndGet();
  }

  @Override
  public void resume(Active state) {
    answer(new Resumed(state));
  }

  @Override
  public void abandon() {
    answer(new Abandoned());
  }

  private void answer(Reply answer) {
    // Counted before it can go on: there is no moment in which the thread is awake and not counted.
    busy.more();
    if (blocked) {
      awake.incrementAndGet();
    }
    if (reply.compareAndSet(null, answer)) {
      LockSupport.unpark(thread);
      return;
    }
    if (blocked) {
      awake.decrementAndGet();
    }
    busy.less();
  }
}
