package dev.stepwell.examples.refund;

import dev.stepwell.EventName;

/**
 * What somebody has decided about a refund.
 *
 * @param by who
 */
@EventName("refund/decision")
public record RefundDecision(String orderId, boolean approved, String by) {}
