package dev.stepwell.engine.execution;

import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.stepwell.DurableFunction;
import dev.stepwell.FailedRun;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import org.jspecify.annotations.Nullable;

/** A function whose code is on this node. */
sealed interface JavaFunction {

  /**
   * Runs the author's code from its first line.
   *
   * @return what it returned, as JSON
   */
  Json run(Event event, Steps steps) throws Exception;

  /** The function itself. */
  record Main<E extends Record>(
      DurableFunction<E, ? extends @Nullable Object> function, FunctionSpec<E> spec)
      implements JavaFunction {
    @Override
    public Json run(Event event, Steps steps) throws Exception {
      return JsonValues.write(function.run(JsonValues.read(event.data(), spec.event()), steps));
    }
  }

  /** What it does when a run of it has failed. */
  record OnFailure<E extends Record>(
      DurableFunction<E, ? extends @Nullable Object> function, FunctionSpec<E> spec)
      implements JavaFunction {

    private record Data(String run_id, Trigger event, Thrown error) {}

    /** A tree would round numbers. */
    private record Trigger(TokenBuffer data) {}

    private record Thrown(String name, String message) {}

    @Override
    public Json run(Event event, Steps steps) throws Exception {
      var failed = JsonValues.read(event.data(), Data.class);
      var trigger = JsonValues.read(JsonValues.write(failed.event().data()), spec.event());
      function.onFailure(
          new FailedRun<>(
              failed.run_id(),
              trigger,
              simpleName(failed.error().name()),
              failed.error().message()),
          steps);
      return Json.NULL;
    }

    /** Of a class's full name the last part; another SDK's name as it is. */
    private static String simpleName(String name) {
      return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
  }
}
