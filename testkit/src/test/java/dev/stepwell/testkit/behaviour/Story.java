package dev.stepwell.testkit.behaviour;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;

/** A function written where it is tested. */
record Story(FunctionSpec<Go> spec, Body body) implements DurableFunction<Go, String> {

  interface Body {
    String tell(Go go, Steps step) throws Exception;
  }

  /** A function that {@link Go} starts. */
  static Story of(Body body) {
    return of("story", body);
  }

  static Story of(String name, Body body) {
    return new Story(FunctionSpec.onEvent(name, Go.class), body);
  }

  Story retries(int retries) {
    return new Story(spec.retries(retries), body);
  }

  @Override
  public String run(Go go, Steps step) throws Exception {
    return body.tell(go, step);
  }
}
