package dev.stepwell.examples.order;

import dev.stepwell.EventName;
import dev.stepwell.examples.shop.Money;

/** An order has reached its customer. Whoever wants to know listens; the order does not ask. */
@EventName("order/fulfilled")
public record OrderFulfilled(String orderId, String email, Money total, String trackingCode) {}
