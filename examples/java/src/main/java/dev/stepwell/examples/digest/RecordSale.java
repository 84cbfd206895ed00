package dev.stepwell.examples.digest;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.examples.order.OrderFulfilled;
import dev.stepwell.examples.shop.Money;

/** Writes each fulfilled order into the book that the digest is made from. */
public final class RecordSale implements DurableFunction<OrderFulfilled, Money> {

  private final Sales sales;

  public RecordSale(Sales sales) {
    this.sales = sales;
  }

  @Override
  public FunctionSpec<OrderFulfilled> spec() {
    return FunctionSpec.onEvent("record-sale", OrderFulfilled.class);
  }

  @Override
  public Money run(OrderFulfilled order, Steps step) {
    // The event's own time, not the clock's: it is the same however often this line is executed.
    var at = step.event().ts();
    step.run("record", () -> sales.record(order.orderId(), order.total(), at));
    return order.total();
  }
}
