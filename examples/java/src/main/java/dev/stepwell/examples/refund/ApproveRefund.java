package dev.stepwell.examples.refund;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.examples.shop.Mail;
import dev.stepwell.examples.shop.Payments;
import java.time.Duration;
import java.util.Optional;

/** Asks a person about a refund, waits two days for the answer, and does as it says. */
public final class ApproveRefund
    implements DurableFunction<RefundRequested, ApproveRefund.Outcome> {

  public enum Outcome {
    APPROVED,
    REJECTED,
    NOBODY_ANSWERED
  }

  private static final Duration PATIENCE = Duration.ofDays(2);

  private final Payments payments;
  private final Mail mail;
  private final String decider;

  /**
   * The function.
   *
   * @param decider mail address of the person who is asked
   */
  public ApproveRefund(Payments payments, Mail mail, String decider) {
    this.payments = payments;
    this.mail = mail;
    this.decider = decider;
  }

  @Override
  public FunctionSpec<RefundRequested> spec() {
    return FunctionSpec.onEvent("approve-refund", RefundRequested.class);
  }

  @Override
  public Outcome run(RefundRequested refund, Steps step) {
    var question = "Refund %s for %s?".formatted(refund.amount().text(), refund.orderId());
    send(step, "ask", decider, question);
    var outcome =
        outcome(
            step.waitFor("decision", RefundDecision.class)
                .where(RefundDecision::orderId)
                .is(refund.orderId())
                .atMost(PATIENCE));
    if (outcome == Outcome.APPROVED) {
      step.run("pay-back", () -> payments.refund(refund.orderId(), refund.amount()));
    }
    send(step, "tell-customer", refund.email(), textFor(outcome));
    return outcome;
  }

  private static Outcome outcome(Optional<RefundDecision> decision) {
    return decision
        .map(made -> made.approved() ? Outcome.APPROVED : Outcome.REJECTED)
        .orElse(Outcome.NOBODY_ANSWERED);
  }

  private void send(Steps step, String name, String to, String subject) {
    var key = step.info().runId() + "/" + name;
    step.run(name, () -> mail.send(new Mail.Letter(key, to, subject)));
  }

  private static String textFor(Outcome outcome) {
    return switch (outcome) {
      case APPROVED -> "Your money is on its way";
      case REJECTED -> "We could not approve your refund";
      case NOBODY_ANSWERED -> "We are sorry for the wait; please write to us again";
    };
  }
}
