package dev.stepwell.examples.order;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.examples.shop.Mail;

/** Tells the customer that the parcel is there. */
public final class NotifyCustomer
    implements DurableFunction<OrderFulfilled, NotifyCustomer.Notified> {

  public record Notified(String email) {}

  private final Mail mail;

  public NotifyCustomer(Mail mail) {
    this.mail = mail;
  }

  @Override
  public FunctionSpec<OrderFulfilled> spec() {
    return FunctionSpec.onEvent("notify-customer", OrderFulfilled.class);
  }

  @Override
  public Notified run(OrderFulfilled order, Steps step) {
    var key = step.info().runId();
    var subject = "Your parcel %s is there".formatted(order.trackingCode());
    step.run("send-mail", () -> mail.send(new Mail.Letter(key, order.email(), subject)));
    return new Notified(order.email());
  }
}
