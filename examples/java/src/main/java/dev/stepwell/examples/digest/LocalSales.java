package dev.stepwell.examples.digest;

import dev.stepwell.examples.shop.Money;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A book in memory, in euros; its pages are blank when the process starts. */
public final class LocalSales implements Sales {

  private record Sale(Money amount, Instant at) {}

  private final Map<String, Sale> sales = new ConcurrentHashMap<>();

  @Override
  public void record(String orderId, Money amount, Instant at) {
    sales.putIfAbsent(orderId, new Sale(amount, at));
  }

  @Override
  public Total between(Instant from, Instant until) {
    var sold =
        sales.values().stream()
            .filter(sale -> !sale.at().isBefore(from) && sale.at().isBefore(until))
            .mapToLong(sale -> sale.amount().cents())
            .toArray();
    var sum = 0L;
    for (var cents : sold) {
      sum += cents;
    }
    return new Total(sold.length, Money.euros(sum));
  }
}
