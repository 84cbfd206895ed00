package dev.stepwell.engine;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Trigger;
import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.wire.Event;
import java.util.List;

/** The functions of this node alone. */
record SpecFunctions(JavaFunctions functions) implements KnownFunctions {
  @Override
  public List<String> startedBy(Event event) {
    return functions.all().stream()
        .map(DurableFunction::spec)
        .filter(spec -> starts(spec, event.name()))
        .map(FunctionSpec::name)
        .toList();
  }

  private static boolean starts(FunctionSpec<?> spec, String name) {
    return spec.triggers().stream()
        .anyMatch(t -> t instanceof Trigger.OnEvent<?> on && on.pattern().equals(name));
  }

  @Override
  public boolean anyStartedBy(String eventName) {
    return false;
  }

  @Override
  public int retries(String function) {
    return functions.all().stream()
        .map(DurableFunction::spec)
        .filter(spec -> spec.name().equals(function))
        .findFirst()
        .map(FunctionSpec::retries)
        .orElse(0);
  }
}
