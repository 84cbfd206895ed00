package dev.stepwell.examples.refund;

import dev.stepwell.EventName;
import dev.stepwell.examples.shop.Money;

/** A customer wants the money for an order back. */
@EventName("refund/requested")
public record RefundRequested(String orderId, String email, Money amount) {}
