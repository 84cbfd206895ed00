package dev.stepwell.engine.port;

import java.util.Map;
import java.util.Optional;

/**
 * Everything durable, opened once per process. All parts are safe for use by many threads. A stage
 * that completes means: on disk, whatever happens to the process or the machine afterwards, unless
 * a method says otherwise. A stage that fails means: unknown, it may be stored or not.
 */
public interface Store extends AutoCloseable {

  Journal journal();

  TimerStore timers();

  RunIndex runs();

  EventIndex events();

  /**
   * Who may write what, of those who share the store; empty if the whole belongs to this process.
   */
  default Optional<Ownership> ownership() {
    return Optional.empty();
  }

  /** What it has done since it was opened, by a name of letters and {@code _}: for metrics. */
  default Map<String, Long> counters() {
    return Map.of();
  }

  /** Why nothing is stored any more until the process is started again; empty while all is well. */
  default Optional<RuntimeException> failure() {
    return Optional.empty();
  }

  /** Waits for writes under way, then lets the store go. Later calls fail. */
  @Override
  void close();
}
