package dev.stepwell.cassandra.owner;

import java.time.Duration;

/** Does things a little later, on a thread of its own; they must not block. */
interface Timer {
  void after(Duration pause, Runnable work);
}
