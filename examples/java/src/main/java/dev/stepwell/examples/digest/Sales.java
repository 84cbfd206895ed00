package dev.stepwell.examples.digest;

import dev.stepwell.examples.shop.Money;
import java.time.Instant;

/** The book of what was sold. */
public interface Sales {

  record Total(int orders, Money amount) {}

  /** Writes a sale down, once for each order. */
  void record(String orderId, Money amount, Instant at);

  /** What was sold from {@code from} (included) to {@code until} (excluded). */
  Total between(Instant from, Instant until);
}
