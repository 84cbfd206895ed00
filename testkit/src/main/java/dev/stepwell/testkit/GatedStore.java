package dev.stepwell.testkit;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store behind a {@link Gate}. Its ports answer with stages, whatever they are asked; what they
 * answer at once is no work that a gate could hold up.
 */
record GatedStore(Journal journal, TimerStore timers, RunIndex runs, EventIndex events)
    implements Store {

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
                        asked(type, method.getName(), arguments),
                        () -> call(port, method, arguments))
                    : method.invoke(port, arguments)));
  }

  @SuppressWarnings("unchecked") // the ports' own signatures say what their arguments are
  private static StoreCall asked(Class<?> port, String method, Object[] with) {
    return switch (port.getSimpleName() + "." + method) {
      case "Journal.append" -> new StoreCall.Append((String) with[0], (List<byte[]>) with[2]);
      case "Journal.purge" -> new StoreCall.Purge((List<String>) with[0]);
      case "Journal.deleteTo", "Journal.saveSnapshot", "Journal.deleteSnapshots" ->
          new StoreCall.Trim((String) with[0]);
      case "TimerStore.put" -> new StoreCall.PutTimers((List<TimerStore.Row>) with[1]);
      case "TimerStore.delete" -> new StoreCall.DeleteTimers((List<TimerStore.Row>) with[1]);
      case "RunIndex.put" -> new StoreCall.PutRuns((List<RunIndex.Row>) with[0]);
      case "RunIndex.delete" -> new StoreCall.DeleteRuns((List<RunIndex.Row>) with[0]);
      case "EventIndex.put", "EventIndex.add" ->
          new StoreCall.PutEvents((List<EventIndex.Row>) with[0]);
      case "EventIndex.delete" -> new StoreCall.DeleteEvents((List<EventIndex.Row>) with[0]);
      case "EventIndex.lookBack" -> new StoreCall.LookBack((String) with[0]);
      case "Journal.highestSequenceNr",
          "Journal.replay",
          "Journal.loadSnapshot",
          "TimerStore.between",
          "TimerStore.next",
          "RunIndex.get",
          "RunIndex.list",
          "RunIndex.endedBetween",
          "EventIndex.get",
          "EventIndex.seen",
          "EventIndex.list",
          "EventIndex.receivedBefore" ->
          new StoreCall.Read();
      case String unknown ->
          throw new IllegalStateException("not known whether it writes: " + unknown);
    };
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
