package dev.stepwell.examples.order;

import java.util.List;

/** What lies on the shelves. */
public interface Stock {

  record Reservation(String id) {}

  /**
   * Puts the lines aside, once for each order.
   *
   * @throws dev.stepwell.NonRetryableException if there is not enough
   */
  Reservation reserve(String orderId, List<OrderPlaced.Line> lines);

  /** Puts them back; harmless when they are back already. */
  void release(Reservation reservation);
}
