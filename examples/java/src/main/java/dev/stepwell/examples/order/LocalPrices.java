package dev.stepwell.examples.order;

import dev.stepwell.NonRetryableException;
import dev.stepwell.examples.shop.Money;
import java.util.List;
import java.util.Map;

/** A price list in memory. */
public final class LocalPrices implements Prices {

  private static final int MAX_QUANTITY = 1_000;

  private final Map<String, Money> prices;

  /**
   * A list.
   *
   * @param prices by sku, all in one currency
   */
  public LocalPrices(Map<String, Money> prices) {
    this.prices = Map.copyOf(prices);
  }

  @Override
  public Quote quote(List<OrderPlaced.Line> lines) {
    if (lines.isEmpty()) {
      throw new NonRetryableException("the order is empty");
    }
    return new Quote(Money.euros(lines.stream().mapToLong(this::cents).sum()));
  }

  private long cents(OrderPlaced.Line line) {
    var price = prices.get(line.sku());
    if (price == null) {
      throw new NonRetryableException("there is no '" + line.sku() + "'");
    }
    if (line.quantity() < 1 || line.quantity() > MAX_QUANTITY) {
      throw new NonRetryableException(
          "a quantity is 1 to " + MAX_QUANTITY + ", was " + line.quantity());
    }
    return price.cents() * line.quantity();
  }
}
