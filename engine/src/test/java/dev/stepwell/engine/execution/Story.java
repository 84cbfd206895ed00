package dev.stepwell.engine.execution;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;

/** A function with any body, named {@code story}. */
public record Story(Body body) implements DurableFunction<Story.Order, String> {

  static final Failure BOOM = new Failure("E", "boom", "");

  public record Order(String orderId) {}

  public interface Body {
    String run(Order order, Steps step) throws Exception;
  }

  /** A desk for a run of that story. */
  static FakeDesk desk(Body body) {
    return new FakeDesk(new Story(body));
  }

  /** A result from an earlier life. */
  static RunFact succeeded(String step, String json) {
    return new RunFact.StepSucceeded(step, Json.of(json), FakeDesk.NOON, FakeDesk.NOON);
  }

  @Override
  public FunctionSpec<Order> spec() {
    return FunctionSpec.onEvents("story", Order.class, "order/placed");
  }

  @Override
  public String run(Order event, Steps step) throws Exception {
    return body.run(event, step);
  }
}
