package dev.stepwell.examples.shop;

import dev.stepwell.NonRetryableException;
import dev.stepwell.RetryAfterException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A card network of one machine: busy at first, as real ones are at times. Remembers what it has
 * done until the process ends.
 */
public final class LocalPayments implements Payments {

  /** The card that has no money on it. */
  public static final String DECLINED_CARD = "4000-0000-0000-0002";

  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);

  private final int busyTimes;
  private final Consumer<String> lines;
  private final Map<String, Integer> tries = new ConcurrentHashMap<>();
  private final Map<String, Charge> charges = new ConcurrentHashMap<>();
  private final Map<String, Money> refunds = new ConcurrentHashMap<>();

  /**
   * A network without charges.
   *
   * @param busyTimes how many tries of each charge are turned away before one is let in
   * @param lines is told of refunds
   */
  public LocalPayments(int busyTimes, Consumer<String> lines) {
    this.busyTimes = busyTimes;
    this.lines = lines;
  }

  @Override
  public Charge charge(String key, String card, Money amount) {
    if (tries.merge(key, 1, Integer::sum) <= busyTimes) {
      throw new RetryAfterException("the card network is busy", COME_BACK_AFTER);
    }
    if (card.equals(DECLINED_CARD)) {
      throw new NonRetryableException("the card was declined");
    }
    return charges.computeIfAbsent(key, _ -> new Charge("charge-" + key, amount));
  }

  @Override
  public void refund(String key, Money amount) {
    if (refunds.putIfAbsent(key, amount) == null) {
      lines.accept("paid back " + amount.text() + " for " + key);
    }
  }
}
