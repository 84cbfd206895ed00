package dev.stepwell.examples.shop;

/** Takes money and gives it back. */
public interface Payments {

  record Charge(String id, Money amount) {}

  /**
   * Takes {@code amount}, once for each {@code key} however often it is asked.
   *
   * @throws dev.stepwell.RetryAfterException if the card network is busy
   * @throws dev.stepwell.NonRetryableException if the card is declined
   */
  Charge charge(String key, String card, Money amount);

  /** Gives {@code amount} back, once for each {@code key}. */
  void refund(String key, Money amount);
}
