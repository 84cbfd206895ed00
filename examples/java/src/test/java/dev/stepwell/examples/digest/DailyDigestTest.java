package dev.stepwell.examples.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.examples.order.OrderFulfilled;
import dev.stepwell.examples.shop.LocalMail;
import dev.stepwell.examples.shop.Money;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import dev.stepwell.testkit.TestSetup;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DailyDigestTest {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LocalSales sales = new LocalSales();
  private final TestEngine engine =
      TestSetup.of(
              new RecordSale(sales),
              new DailyDigest(
                  sales, new LocalMail(lines::add), "staff@example.org", ZoneId.of("Europe/Oslo")))
          .begin(Instant.parse("2026-03-27T12:00:00Z"))
          .start();

  @AfterEach
  void end() {
    engine.close();
  }

  @Test
  void itIsWrittenAtNineEveryMorningWhereTheShopIs() {
    engine.advance(Duration.ofDays(3));

    // The clocks there went forward on the 29th.
    assertThat(engine.runs("daily-digest"))
        .extracting(TestRun::view)
        .extracting(run -> run.startedAt().toString())
        .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
  }

  @Test
  void itAddsUpTheDayBefore() {
    engine.send(new OrderFulfilled("a", "ada@example.org", Money.euros(10_00), "T1"));
    engine.send(new OrderFulfilled("b", "bob@example.org", Money.euros(2_50), "T2"));
    engine.advance(Duration.ofDays(1));

    assertThat(engine.run("daily-digest").outcome(Sales.Total.class))
        .isEqualTo(new Sales.Total(2, Money.euros(12_50)));
    assertThat(lines).containsExactly("mail to staff@example.org: 2 orders, 12.50 EUR");
  }

  @Test
  void itKeepsQuietWhenNothingWasSold() {
    engine.advance(Duration.ofDays(2));

    assertThat(engine.runs("daily-digest")).hasSize(2);
    assertThat(lines).isEmpty();
  }

  @Test
  void aProcessThatIsDownAtNineSendsOneDigestAllTheSame() {
    engine.send(new OrderFulfilled("a", "ada@example.org", Money.euros(10_00), "T1"));
    engine.crashBefore("add-up");
    engine.advance(Duration.ofDays(1));

    assertThat(engine.runs("daily-digest")).hasSize(1);
    assertThat(lines).hasSize(1);
  }
}
