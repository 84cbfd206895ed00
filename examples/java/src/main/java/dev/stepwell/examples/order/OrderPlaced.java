package dev.stepwell.examples.order;

import dev.stepwell.EventName;
import java.util.List;

/**
 * Somebody wants something.
 *
 * @param email where the receipt goes
 */
@EventName("order/placed")
public record OrderPlaced(String orderId, String email, String card, List<Line> lines) {

  public record Line(String sku, int quantity) {}
}
