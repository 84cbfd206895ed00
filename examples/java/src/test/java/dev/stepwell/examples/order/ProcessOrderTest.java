package dev.stepwell.examples.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.examples.digest.LocalSales;
import dev.stepwell.examples.digest.RecordSale;
import dev.stepwell.examples.order.OrderPlaced.Line;
import dev.stepwell.examples.order.ProcessOrder.Outcome;
import dev.stepwell.examples.shop.LocalMail;
import dev.stepwell.examples.shop.LocalPayments;
import dev.stepwell.examples.shop.Money;
import dev.stepwell.testkit.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessOrderTest {

  private static final Duration UNTIL_COLLECTED = Duration.ofHours(3);
  private static final Duration UNTIL_DELIVERED = Duration.ofDays(2);
  private static final List<Line> TEA = List.of(new Line("tea", 2));
  private static final OrderPlaced ORDER =
      new OrderPlaced("order-17", "ada@example.org", "4000-0000-0000-0001", TEA);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LocalStock stock = new LocalStock(Map.of("tea", 3));
  private final LocalMail mail = new LocalMail(lines::add);
  private final LocalSales sales = new LocalSales();
  private final TestEngine engine = TestEngine.with(processOrder(), notifyCustomer(), recordSale());

  private ProcessOrder processOrder() {
    var hands =
        new ProcessOrder.Hands(
            new LocalPrices(Map.of("tea", Money.euros(4_50))),
            stock,
            new LocalPayments(1, lines::add),
            new LocalCourier(),
            mail);
    return new ProcessOrder(hands, new ProcessOrder.Pace(UNTIL_COLLECTED, UNTIL_DELIVERED));
  }

  private NotifyCustomer notifyCustomer() {
    return new NotifyCustomer(mail);
  }

  private RecordSale recordSale() {
    return new RecordSale(sales);
  }

  @AfterEach
  void end() {
    engine.close();
  }

  @Test
  void anOrderIsChargedShippedAndAnnounced() {
    var run = engine.send(ORDER);
    engine.advance(Duration.ofDays(3));

    assertThat(run.outcome(Outcome.class)).isInstanceOf(Outcome.Fulfilled.class);
    assertThat(engine.events(OrderFulfilled.class))
        .singleElement()
        .extracting(OrderFulfilled::total)
        .isEqualTo(Money.euros(9_00));
  }

  @Test
  void aBusyCardNetworkIsAskedAgainWhenItSaysSo() {
    var run = engine.send(ORDER);
    assertThat(engine.executions("charge-card")).isEqualTo(1);
    engine.advance(Duration.ofMillis(999));
    assertThat(engine.executions("charge-card")).isEqualTo(1);
    engine.advance(Duration.ofMillis(1));
    assertThat(engine.executions("charge-card")).isEqualTo(2);
    assertThat(run.step("charge-card").attempts()).isEqualTo(2);
  }

  @Test
  void aDeclinedCardGivesTheStockBack() {
    var run =
        engine.send(new OrderPlaced("o", "ada@example.org", LocalPayments.DECLINED_CARD, TEA));
    engine.advance(Duration.ofSeconds(1));

    assertThat(run.outcome(Outcome.class))
        .isEqualTo(new Outcome.Declined("o", "the card was declined"));
    assertThat(lines)
        .containsExactly("mail to ada@example.org: We could not charge you for your order");
    assertThat(stock.reserve("next", List.of(new Line("tea", 3)))).isNotNull();
    assertThat(engine.events(OrderFulfilled.class)).isEmpty();
  }

  @Test
  void aCardNetworkThatStaysDownIsGivenUpAfterFiveTries() {
    engine.fake(
        "charge-card",
        () -> {
          throw new IOException("no route");
        });
    var run = engine.send(ORDER);
    engine.advance(Duration.ofHours(1));

    assertThat(engine.executions("charge-card")).isEqualTo(5);
    assertThat(run.outcome(Outcome.class)).isEqualTo(new Outcome.Declined("order-17", "no route"));
  }

  @Test
  void anOrderForMoreThanThereIsFails() {
    var run = engine.send(new OrderPlaced("o", "a@b.c", "card", List.of(new Line("tea", 4))));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.failure().message()).contains("4 of 'tea' wanted, 3 left");
    assertThat(engine.executions("charge-card")).isZero();
  }

  @Test
  void whatIsAnnouncedStartsOneRunOfEverybodyWhoListens() {
    engine.send(ORDER);
    engine.advance(Duration.ofDays(3));

    assertThat(engine.run("notify-customer").status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(engine.run("record-sale").outcome(Money.class)).isEqualTo(Money.euros(9_00));
    assertThat(lines).last().asString().startsWith("mail to ada@example.org: Your parcel ");
    var sold = sales.between(Instant.EPOCH, engine.now().plusSeconds(1));
    assertThat(sold.orders()).isEqualTo(1);
  }

  @Test
  void aCrashAfterTheCardWasChargedChargesItOnce() {
    engine.crashAfter("charge-card");
    var run = engine.send(ORDER);
    engine.advance(Duration.ofDays(3));

    // The step is executed again; the payments know the key.
    assertThat(run.outcome(Outcome.class)).isInstanceOf(Outcome.Fulfilled.class);
    assertThat(lines)
        .filteredOn(line -> line.contains("Receipt"))
        .containsExactly("mail to ada@example.org: Receipt for order-17 over 9.00 EUR");
  }
}
