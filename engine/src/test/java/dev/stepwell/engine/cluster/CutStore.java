package dev.stepwell.engine.cluster;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/** One node's way to the store that all share. Once it is cut, nothing goes through any more. */
final class CutStore implements Store {

  private final Store shared;
  private final Journal journal;
  private final TimerStore timers;
  private final RunIndex runs;
  private final EventIndex events;
  private volatile boolean cut;

  CutStore(Store shared) {
    this.shared = shared;
    this.journal = port(Journal.class, shared.journal());
    this.timers = port(TimerStore.class, shared.timers());
    this.runs = port(RunIndex.class, shared.runs());
    this.events = port(EventIndex.class, shared.events());
  }

  /** Whoever calls from now on gets no answer. */
  void cut() {
    // Not in the middle of a call: what has begun comes to its end.
    synchronized (shared) {
      cut = true;
    }
  }

  private <P> P port(Class<P> type, P port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              synchronized (shared) {
                return cut ? new CompletableFuture<>() : method.invoke(port, arguments);
              }
            }));
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public TimerStore timers() {
    return timers;
  }

  @Override
  public RunIndex runs() {
    return runs;
  }

  @Override
  public EventIndex events() {
    return events;
  }

  @Override
  public void close() {}
}
