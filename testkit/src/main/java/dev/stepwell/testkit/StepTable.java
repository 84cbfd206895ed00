package dev.stepwell.testkit;

import dev.stepwell.Steps.Work;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.execution.Unwound;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test says about steps, by their names: what they do instead of what is written. */
final class StepTable {

  /** A step's code at work. */
  record Executing(Ulid run, String step, Thread thread) {}

  private final Map<String, Work<?>> fakes = new HashMap<>();
  private final Map<String, Integer> executions = new HashMap<>();
  private final List<Executing> executing = new ArrayList<>();

  synchronized void fake(String step, Work<?> code) {
    fakes.put(step, code);
  }

  synchronized int executions(String step) {
    return executions.getOrDefault(step, 0);
  }

  synchronized List<Executing> executing() {
    return List.copyOf(executing);
  }

  /** The code of steps in that life of the engine. */
  StepCode code(Gate gate) {
    return new StepCode() {
      @Override
      public <T extends @Nullable Object> Work<T> of(Ulid run, String step, Work<T> written) {
        return () -> perform(gate, run, step, written);
      }
    };
  }

  private <T extends @Nullable Object> T perform(Gate gate, Ulid run, String step, Work<T> written)
      throws Exception {
    if (gate.endsAt(new Moment.StepBegins(run, step))) {
      throw new Unwound();
    }
    var at = new Executing(run, step, Thread.currentThread());
    var code = begin(at, written);
    try {
      return code.perform();
    } finally {
      end(gate, at);
    }
  }

  @SuppressWarnings("unchecked") // a fake of another type fails where its result is used
  private synchronized <T extends @Nullable Object> Work<T> begin(Executing at, Work<T> written) {
    executions.merge(at.step(), 1, Integer::sum);
    executing.add(at);
    return (Work<T>) fakes.getOrDefault(at.step(), written);
  }

  private void end(Gate gate, Executing at) {
    remove(at);
    if (gate.endsAt(new Moment.StepEnds(at.run(), at.step()))) {
      // Whatever the code returned or threw: nobody is there any more to be told.
      throw new Unwound();
    }
  }

  private synchronized void remove(Executing at) {
    executing.remove(at);
  }
}
