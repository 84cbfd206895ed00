package dev.stepwell.examples;

import dev.stepwell.DurableFunction;
import dev.stepwell.examples.digest.DailyDigest;
import dev.stepwell.examples.digest.LocalSales;
import dev.stepwell.examples.digest.RecordSale;
import dev.stepwell.examples.onboarding.OnboardingDrip;
import dev.stepwell.examples.order.LocalCourier;
import dev.stepwell.examples.order.LocalPrices;
import dev.stepwell.examples.order.LocalStock;
import dev.stepwell.examples.order.NotifyCustomer;
import dev.stepwell.examples.order.ProcessOrder;
import dev.stepwell.examples.refund.ApproveRefund;
import dev.stepwell.examples.shop.LocalMail;
import dev.stepwell.examples.shop.LocalPayments;
import dev.stepwell.examples.shop.Money;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All examples, put together as one small shop on one machine. */
public final class ExampleFunctions {

  private static final String STAFF = "staff@shop.example";

  /** A real courier takes hours and days; whoever watches wants to see the end. */
  private static final ProcessOrder.Pace PACE =
      new ProcessOrder.Pace(Duration.ofSeconds(5), Duration.ofSeconds(4));

  /** Each charge is turned away once, so that there is a retry to be seen. */
  private static final int BUSY_TIMES = 1;

  private ExampleFunctions() {}

  /** The shop, which writes what it does outside to standard output. */
  public static List<DurableFunction<?, ?>> all() {
    return all(System.out::println);
  }

  /**
   * The shop.
   *
   * @param lines is told, from many threads, what leaves the shop: mails and money
   */
  public static List<DurableFunction<?, ?>> all(Consumer<String> lines) {
    var mail = new LocalMail(lines);
    var payments = new LocalPayments(BUSY_TIMES, lines);
    var sales = new LocalSales();
    var hands =
        new ProcessOrder.Hands(
            new LocalPrices(Map.of("tea", Money.euros(4_50), "cup", Money.euros(12_00))),
            new LocalStock(Map.of("tea", 100_000, "cup", 100_000)),
            payments,
            new LocalCourier(),
            mail);
    return List.of(
        new ProcessOrder(hands, PACE),
        new NotifyCustomer(mail),
        new RecordSale(sales),
        new OnboardingDrip(mail),
        new ApproveRefund(payments, mail, STAFF),
        new DailyDigest(sales, mail, STAFF, ZoneOffset.UTC));
  }
}
