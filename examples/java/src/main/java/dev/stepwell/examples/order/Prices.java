package dev.stepwell.examples.order;

import dev.stepwell.examples.shop.Money;
import java.util.List;

/** Knows what things cost. */
public interface Prices {

  record Quote(Money total) {}

  /**
   * What the lines cost together.
   *
   * @throws dev.stepwell.NonRetryableException if there are none, or one makes no sense
   */
  Quote quote(List<OrderPlaced.Line> lines);
}
