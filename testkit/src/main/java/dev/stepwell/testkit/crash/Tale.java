package dev.stepwell.testkit.crash;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.crash.Tales.Go;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Functions, what befalls them, and how their runs end.
 *
 * @param begins what comes first
 * @param goesOn what comes ten minutes later
 * @param ends for each function how its runs end, in the order of the alphabet
 * @param lateEnds how runs may end otherwise, if there was nobody to run them for an hour and more
 */
record Tale(
    String name,
    Cast cast,
    Script begins,
    Script goesOn,
    Map<String, List<String>> ends,
    Map<String, Set<String>> lateEnds) {

  /** The functions. */
  interface Cast {
    List<DurableFunction<?, ?>> of(Stage on);
  }

  /** What comes from outside. */
  interface Script {
    void play(TestEngine engine);
  }

  /** A function called {@code story} that {@link Go} starts. */
  static Tale of(String name, Told.Body body) {
    return of(name, FunctionSpec.onEvent("story", Go.class), body);
  }

  static <E extends Record> Tale of(String name, FunctionSpec<E> spec, Told.Body body) {
    return new Tale(
        name,
        on -> List.of(new Told<>(spec, on, body)),
        engine -> engine.sendAll(Go.GO),
        _ -> {},
        Map.of(),
        Map.of());
  }

  /** This, with more functions. */
  Tale with(Cast more) {
    return new Tale(
        name,
        on -> Stream.concat(cast.of(on).stream(), more.of(on).stream()).toList(),
        begins,
        goesOn,
        ends,
        lateEnds);
  }

  /** This, with something else than one {@link Go} at the beginning. */
  Tale beginning(Script newBegins) {
    return new Tale(name, cast, newBegins, goesOn, ends, lateEnds);
  }

  /** This, with something ten minutes later. */
  Tale goingOn(Script newGoesOn) {
    return new Tale(name, cast, begins, newGoesOn, ends, lateEnds);
  }

  /** This, with one end for each run of a function. */
  Tale ending(String function, String... newEnds) {
    var more = new HashMap<>(ends);
    more.put(function, List.of(newEnds));
    return new Tale(name, cast, begins, goesOn, Map.copyOf(more), lateEnds);
  }

  /** This, with other ends for those who were late. */
  Tale orIfLate(String function, String... newEnds) {
    var more = new HashMap<>(lateEnds);
    more.put(function, Set.of(newEnds));
    return new Tale(name, cast, begins, goesOn, ends, Map.copyOf(more));
  }

  @Override
  public String toString() {
    return name;
  }
}
