package dev.stepwell.testkit;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store behind a {@link Gate}. Its ports answer with stages, whatever they are asked; what they
 * answer at once is no work that a gate could hold up.
 */
record GatedStore(Journal journal, TimerStore timers, RunIndex runs, EventIndex events)
    implements Store {

  private static final Set<String> WRITES =
      Set.of("append", "put", "delete", "deleteTo", "deleteSnapshots", "saveSnapshot", "purge");

  static Store of(Store store, Gate gate) {
    return new GatedStore(
        port(Journal.class, store.journal(), gate),
        port(TimerStore.class, store.timers(), gate),
        port(RunIndex.class, store.runs(), gate),
        port(EventIndex.class, store.events(), gate));
  }

  private static <P> P port(Class<P> type, P port, Gate gate) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                method.getReturnType() == CompletionStage.class
                    ? gate.call(
                        WRITES.contains(method.getName()), () -> call(port, method, arguments))
                    : method.invoke(port, arguments)));
  }

  @SuppressWarnings("unchecked") // the stage is handed on to whoever knows its type
  private static CompletionStage<Object> call(Object port, Method method, Object[] arguments) {
    try {
      return (CompletionStage<Object>) method.invoke(port, arguments);
    } catch (InvocationTargetException e) {
      return CompletableFuture.failedStage(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the ports are public", e);
    }
  }

  /** Whoever opened the store closes it. */
  @Override
  public void close() {}
}
