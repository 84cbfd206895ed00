package dev.stepwell.testkit.crash;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;

/** A function written where its tale is told. */
record Told<E extends Record>(FunctionSpec<E> spec, Stage on, Body body)
    implements DurableFunction<E, String> {

  interface Body {
    String tell(Teller teller) throws Exception;
  }

  @Override
  public String run(E event, Steps step) throws Exception {
    return body.tell(new Teller(on, step));
  }
}
