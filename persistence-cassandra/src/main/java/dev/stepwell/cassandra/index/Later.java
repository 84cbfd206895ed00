package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Reads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies up some time later, one thing at a time. Nobody relies on it: what does not fit in, fails
 * or dies with the process is left to whoever comes by there next.
 */
final class Later {

  private static final Logger LOG = LoggerFactory.getLogger(Later.class);
  private static final int MAX = 50_000;

  private record Task(Object key, long atMillis, Runnable what) {}

  private final Reads reads;
  private final InstantSource clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atMillis));
  private final Set<Object> keys = new HashSet<>();
  private boolean working;

  Later(Reads reads, InstantSource clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * Does something in a while, as soon as something is added then. Does nothing if there is
   * something with the same key already.
   *
   * @param what happens inside a reading
   */
  void add(Object key, Duration in, Runnable what) {
    synchronized (this) {
      if (tasks.size() < MAX && keys.add(key)) {
        tasks.add(new Task(key, clock.millis() + in.toMillis(), what));
      }
      if (working || tasks.isEmpty() || !isDue(tasks.element())) {
        return;
      }
      working = true;
    }
    var _ =
        reads
            .read(() -> {
              work();
              return true;
            })
            .whenComplete((_, failure) -> stopped(failure));
  }

  private void work() {
    for (var task = next(); task.isPresent(); task = next()) {
      task.get().what().run();
    }
  }

  private synchronized Optional<Task> next() {
    var first = Optional.ofNullable(tasks.peek()).filter(this::isDue);
    first.ifPresent(task -> {
      tasks.remove();
      keys.remove(task.key());
    });
    return first;
  }

  private boolean isDue(Task task) {
    return task.atMillis() <= clock.millis();
  }

  private synchronized void stopped(@Nullable Throwable failure) {
    working = false;
    if (failure != null) {
      LOG.debug("Not tidied up", failure);
    }
  }
}
