package dev.stepwell.examples.order;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.examples.shop.Mail;
import dev.stepwell.examples.shop.Payments;
import java.time.Duration;

/** Takes a placed order to the customer's door, or gives the stock back. */
public final class ProcessOrder implements DurableFunction<OrderPlaced, ProcessOrder.Outcome> {

  public sealed interface Outcome {
    record Fulfilled(String orderId, String trackingCode) implements Outcome {}

    record Declined(String orderId, String reason) implements Outcome {}
  }

  /** Who does the work. */
  public record Hands(Prices prices, Stock stock, Payments payments, Courier courier, Mail mail) {}

  /** How long the courier takes. While an order waits for him it holds no place among the ten. */
  public record Pace(Duration untilCollected, Duration untilDelivered) {}

  private static final int AT_ONCE = 10;

  private final Hands hands;
  private final Pace pace;

  public ProcessOrder(Hands hands, Pace pace) {
    this.hands = hands;
    this.pace = pace;
  }

  @Override
  public FunctionSpec<OrderPlaced> spec() {
    return FunctionSpec.onEvent("process-order", OrderPlaced.class).concurrency(AT_ONCE);
  }

  @Override
  public Outcome run(OrderPlaced order, Steps step) {
    var id = order.orderId();
    var quote = step.run("validate", () -> hands.prices().quote(order.lines()));
    var reservation = step.run("reserve-stock", () -> hands.stock().reserve(id, order.lines()));
    Payments.Charge charge;
    try {
      charge =
          step.run("charge-card", () -> hands.payments().charge(id, order.card(), quote.total()));
    } catch (StepFailedException declined) {
      return undo(order, reservation, declined.lastError(), step);
    }

    var shipment = step.run("create-shipment", () -> hands.courier().book(id, reservation));
    step.sleep("until-collected", pace.untilCollected());
    step.run(
        "send-receipt",
        () -> mail(order, step, "Receipt for %s over %s".formatted(id, charge.amount().text())));
    step.sleep("until-delivered", pace.untilDelivered());
    step.send(
        "announce", new OrderFulfilled(id, order.email(), quote.total(), shipment.trackingCode()));
    return new Outcome.Fulfilled(id, shipment.trackingCode());
  }

  private Outcome undo(
      OrderPlaced order, Stock.Reservation reservation, String reason, Steps step) {
    step.run("release-stock", () -> hands.stock().release(reservation));
    step.run("say-sorry", () -> mail(order, step, "We could not charge you for your order"));
    return new Outcome.Declined(order.orderId(), reason);
  }

  /** An order has one mail of each kind, so run and subject make a good key. */
  private void mail(OrderPlaced order, Steps step, String subject) {
    var key = step.info().runId() + "/" + subject;
    hands.mail().send(new Mail.Letter(key, order.email(), subject));
  }
}
