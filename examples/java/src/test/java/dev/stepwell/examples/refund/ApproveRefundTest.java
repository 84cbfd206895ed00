package dev.stepwell.examples.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.examples.refund.ApproveRefund.Outcome;
import dev.stepwell.examples.shop.LocalMail;
import dev.stepwell.examples.shop.LocalPayments;
import dev.stepwell.examples.shop.Money;
import dev.stepwell.testkit.TestEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApproveRefundTest {

  private static final RefundRequested REQUEST =
      new RefundRequested("order-17", "ada@example.org", Money.euros(12_50));

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final TestEngine engine =
      TestEngine.with(
          new ApproveRefund(
              new LocalPayments(0, lines::add), new LocalMail(lines::add), "boss@example.org"));

  @AfterEach
  void end() {
    engine.close();
  }

  @Test
  void anApprovedRefundIsPaidBack() {
    var run = engine.send(REQUEST);
    assertThat(lines).containsExactly("mail to boss@example.org: Refund 12.50 EUR for order-17?");

    engine.sendAll(new RefundDecision("order-17", true, "boss"));

    assertThat(run.outcome(Outcome.class)).isEqualTo(Outcome.APPROVED);
    assertThat(lines)
        .contains(
            "paid back 12.50 EUR for order-17",
            "mail to ada@example.org: Your money is on its way");
  }

  @Test
  void aRejectedRefundIsNotPaidBack() {
    var run = engine.send(REQUEST);
    engine.sendAll(new RefundDecision("order-17", false, "boss"));

    assertThat(run.outcome(Outcome.class)).isEqualTo(Outcome.REJECTED);
    assertThat(engine.executions("pay-back")).isZero();
    assertThat(lines).contains("mail to ada@example.org: We could not approve your refund");
  }

  @Test
  void aDecisionAboutAnotherOrderDecidesNothing() {
    var run = engine.send(REQUEST);
    engine.sendAll(new RefundDecision("order-18", true, "boss"));

    assertThat(run.status().ended()).isFalse();
  }

  @Test
  void whoeverIsNotAnsweredWithinTwoDaysIsToldSo() {
    var run = engine.send(REQUEST);

    engine.advance(Duration.ofDays(2).minusMillis(1));
    assertThat(run.status().ended()).isFalse();

    engine.advance(Duration.ofMillis(1));
    assertThat(run.outcome(Outcome.class)).isEqualTo(Outcome.NOBODY_ANSWERED);
    assertThat(engine.executions("pay-back")).isZero();
  }

  @Test
  void aCrashWhileNobodyHasAnsweredYetChangesNothing() {
    var run = engine.send(REQUEST);
    engine.crash();
    engine.sendAll(new RefundDecision("order-17", true, "boss"));

    assertThat(run.outcome(Outcome.class)).isEqualTo(Outcome.APPROVED);
    assertThat(engine.executions("ask")).isEqualTo(1);
  }
}
