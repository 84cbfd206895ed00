package dev.stepwell.examples.shop;

import java.util.Locale;

/**
 * An amount.
 *
 * @param cents minor units of {@code currency}, not negative
 * @param currency ISO 4217, as in {@code "EUR"}
 */
public record Money(long cents, String currency) {

  public Money {
    if (cents < 0) {
      throw new IllegalArgumentException("an amount is not negative, was " + cents);
    }
  }

  public static Money euros(long cents) {
    return new Money(cents, "EUR");
  }

  /** For people, as in {@code 12.50 EUR}. */
  public String text() {
    return String.format(Locale.ROOT, "%d.%02d %s", cents / 100, cents % 100, currency);
  }
}
