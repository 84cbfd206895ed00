package dev.stepwell.engine.execution;

import dev.stepwell.DurableFunction;
import dev.stepwell.FailedRun;
import dev.stepwell.Steps;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Definitions;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions whose code is on this node, by their ids. */
public final class JavaFunctions {

  private static final String FAILURE_SUFFIX = "-failure";

  private final Map<String, JavaFunction> byId = new HashMap<>();
  private final Map<Class<?>, List<String>> idsByClass = new HashMap<>();
  private final List<DurableFunction<?, ?>> functions;

  /**
   * The given functions and nothing else.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public JavaFunctions(List<? extends DurableFunction<?, ?>> functions) {
    this.functions = List.copyOf(functions);
    functions.forEach(this::add);
  }

  private <E extends Record> void add(DurableFunction<E, ? extends @Nullable Object> function) {
    var spec = function.spec();
    put(spec.name(), new JavaFunction.Main<>(function, spec));
    idsByClass.computeIfAbsent(function.getClass(), _ -> new ArrayList<>(1)).add(spec.name());
    if (handlesFailure(function)) {
      put(spec.name() + FAILURE_SUFFIX, new JavaFunction.OnFailure<>(function, spec));
    }
  }

  private void put(String id, JavaFunction function) {
    if (byId.put(id, function) != null) {
      throw new IllegalArgumentException("two functions named '" + id + "'");
    }
  }

  /**
   * What is to be registered of these functions.
   *
   * @throws IllegalArgumentException if a cron expression is malformed
   */
  public List<Definition> definitions() {
    var definitions = new ArrayList<Definition>();
    for (var function : functions) {
      var spec = function.spec();
      definitions.add(Definitions.of(spec));
      if (handlesFailure(function)) {
        definitions.add(Definitions.ofFailureHandler(spec, spec.name() + FAILURE_SUFFIX));
      }
    }
    return definitions;
  }

  /**
   * Runs the code of the function with that id, from its first line, on {@code steps}.
   *
   * @return what it returned, as JSON
   * @throws IllegalArgumentException if there is none
   */
  public Json run(String id, Event event, Steps steps) throws Exception {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("no function '" + id + "' here"))
        .run(event, steps);
  }

  Optional<JavaFunction> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The id of the function of that class.
   *
   * @throws IllegalArgumentException if none of that class is known, or several are
   */
  public String idOf(Class<?> function) {
    var ids = idsByClass.getOrDefault(function, List.of());
    if (ids.isEmpty()) {
      throw new IllegalArgumentException(
          "no function of " + function.getName() + " is registered on this node");
    }
    if (ids.size() > 1) {
      throw new IllegalArgumentException(
          "which of %s, all of %s? A function that is invoked needs a class of its own"
              .formatted(String.join(", ", ids), function.getName()));
    }
    return ids.getFirst();
  }

  /** Whether the author has written an {@code onFailure} of his own. */
  private static boolean handlesFailure(DurableFunction<?, ?> function) {
    try {
      var method = function.getClass().getMethod("onFailure", FailedRun.class, Steps.class);
      return method.getDeclaringClass() != DurableFunction.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every function has an onFailure", e);
    }
  }
}
