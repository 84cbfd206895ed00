package dev.stepwell.engine.execution;

import dev.stepwell.DurableFunction;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.run.RunStates;
import dev.stepwell.engine.run.StepState;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a run: stores what code reports in a list, and answers at once, or when a step is
 * ready.
 */
final class FakeDesk implements Execution.Desk {

  static final Ulid RUN = Ulid.parse("01KDWK0000R0000000000000R1");
  static final long NOON = 1_767_268_800_000L;

  private record Blocked(String step, Execution.Handoff handoff) {}

  final HandTime time = new HandTime(Instant.ofEpochMilli(NOON));
  final Counted busy = new Counted();
  final List<List<Event>> sent = new ArrayList<>();
  final List<String> slots = new ArrayList<>();
  private final JavaSurroundings surroundings;
  private final List<List<Report>> writes = new ArrayList<>();
  private final List<Blocked> blocked = new ArrayList<>();
  private RunState state;
  private @Nullable Execution current;
  private boolean silent;
  private int questions;
  private int doubts;

  FakeDesk(DurableFunction<?, ?>... functions) {
    this.state = RunStates.begun(functions[0].spec().name(), Json.of("{\"orderId\":\"o-1\"}"));
    this.surroundings =
        new JavaSurroundings(
            new JavaFunctions(List.of(functions)),
            time,
            events -> {
              sent.add(events);
              return CompletableFuture.completedFuture(null);
            },
            (_, _, _, step) -> {
              slots.add("+" + step);
              return CompletableFuture.completedFuture(() -> slots.add("-" + step));
            },
            busy,
            StepCode.AS_WRITTEN,
            _ -> owned());
  }

  /** A run of another function, whose code need not be here. */
  FakeDesk ofFunction(String function) {
    return begunBy(function, Json.EMPTY_OBJECT);
  }

  /** A run of that function for an event with these data. */
  FakeDesk begunBy(String function, Json data) {
    state = RunStates.begun(function, data);
    return this;
  }

  /** A run that has got so far, in earlier lives. */
  FakeDesk after(RunFact... facts) {
    for (var fact : facts) {
      state = state.apply(fact);
    }
    return this;
  }

  /** Begins a life, and returns when it has ended or is blocked. */
  RunState live() {
    begin();
    return rest();
  }

  synchronized void begin() {
    current = new JavaLauncher(surroundings).launch(RUN, (RunState.Active) state, this);
  }

  /** Returns when no thread of the code goes on. */
  RunState rest() {
    busy.awaitNone();
    return state();
  }

  synchronized RunState state() {
    return state;
  }

  synchronized Outcome outcome() {
    return ((RunState.Ended) state).outcome();
  }

  /** What was reported together, in the order in which it was stored. */
  synchronized List<List<Report>> writes() {
    return List.copyOf(writes);
  }

  synchronized boolean idle() {
    return current != null && current.idle();
  }

  /** So many times from now on it is in doubt whether the run is this node's. */
  synchronized void doubt(int times) {
    doubts = times;
  }

  /** How often somebody wanted to know whose the run is. */
  synchronized int questions() {
    return questions;
  }

  private synchronized boolean owned() {
    questions++;
    return questions > doubts;
  }

  /** From now on nobody is answered. */
  synchronized void fallSilent() {
    silent = true;
  }

  /** Ends this life, as the run does when it parks or stops. */
  synchronized void abandon() {
    if (current != null) {
      current.abandon();
      current = null;
    }
  }

  /** Something comes from outside, and lets code go on that waited for it. */
  synchronized void happen(RunFact fact) {
    state = state.apply(fact);
    proceed();
  }

  /** Lets code go on that waited for an instant that has come. */
  synchronized void proceed() {
    for (var waiting : List.copyOf(blocked)) {
      if (state instanceof RunState.Active run && isReady(run, waiting.step())) {
        blocked.remove(waiting);
        waiting.handoff().resume(run);
      }
    }
  }

  @Override
  public synchronized void report(
      Execution from, List<Report> reports, Optional<String> until, Execution.Handoff handoff) {
    if (silent) {
      return;
    }
    if (from != current) {
      handoff.abandon();
      return;
    }
    if (!reports.isEmpty()) {
      writes.add(reports);
      state = RunStates.after(state, reports, time.millis());
    }
    if (!(state instanceof RunState.Active run) || reports.stream().anyMatch(Report::isLast)) {
      abandon();
      handoff.abandon();
    } else if (until.isEmpty() || isReady(run, until.get())) {
      handoff.resume(run);
    } else {
      handoff.block();
      blocked.add(new Blocked(until.get(), handoff));
    }
  }

  private boolean isReady(RunState.Active run, String step) {
    StepState known = run.step(step);
    return known == null || known.ready(time.millis());
  }

  @Override
  public void idle(Execution from) {}

  /** Counts the threads that go on. */
  static final class Counted implements Busy {
    private int count;

    @Override
    public synchronized void more() {
      count++;
    }

    @Override
    public synchronized void less() {
      count--;
      notifyAll();
    }

    private synchronized void awaitNone() {
      var deadline = System.nanoTime() + 10_000_000_000L;
      while (count > 0) {
        try {
          wait(100);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError(count + " threads go on");
        }
      }
    }
  }
}
