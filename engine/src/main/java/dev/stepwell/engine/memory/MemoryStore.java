package dev.stepwell.engine.memory;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;

/**
 * Keeps everything in maps and forgets it with the process. Stages are complete when they are
 * returned. Byte arrays are kept and handed out as they came: nobody may change them.
 */
public final class MemoryStore implements Store {

  private final Calls calls = new Calls();
  private final Journal journal = new MemoryJournal(calls);
  private final TimerStore timers = new MemoryTimers(calls);
  private final RunIndex runs = new MemoryRuns(calls);
  private final EventIndex events = new MemoryEvents(calls);

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
  public void close() {
    calls.close();
  }
}
