package dev.stepwell.examples.digest;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.FunctionSpec.Tick;
import dev.stepwell.Steps;
import dev.stepwell.examples.shop.Mail;
import java.time.Duration;
import java.time.ZoneId;

/** Mails what was sold in a day, each morning at nine; keeps quiet when that was nothing. */
public final class DailyDigest implements DurableFunction<Tick, Sales.Total> {

  private final Sales sales;
  private final Mail mail;
  private final String reader;
  private final ZoneId zone;

  /**
   * The function.
   *
   * @param reader mail address
   * @param zone where it is nine
   */
  public DailyDigest(Sales sales, Mail mail, String reader, ZoneId zone) {
    this.sales = sales;
    this.mail = mail;
    this.reader = reader;
    this.zone = zone;
  }

  @Override
  public FunctionSpec<Tick> spec() {
    return FunctionSpec.onCron("daily-digest", "0 9 * * *", zone);
  }

  @Override
  public Sales.Total run(Tick tick, Steps step) {
    // When it was due, not now: a late run adds up the right day.
    var until = tick.scheduledAt();
    var total = step.run("add-up", () -> sales.between(until.minus(Duration.ofDays(1)), until));
    if (total.orders() > 0) {
      var subject = "%d orders, %s".formatted(total.orders(), total.amount().text());
      var key = step.info().runId();
      step.run("send", () -> mail.send(new Mail.Letter(key, reader, subject)));
    }
    return total;
  }
}
