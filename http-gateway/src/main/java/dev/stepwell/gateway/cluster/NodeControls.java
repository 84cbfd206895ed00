package dev.stepwell.gateway.cluster;

import java.util.function.Supplier;

/**
 * What the process around a gateway can do.
 *
 * @param drain begins a graceful stop of the process, and returns at once
 * @param metrics in Prometheus' text format, as they are now
 */
public record NodeControls(Runnable drain, Supplier<String> metrics) {

  public static final NodeControls NONE = new NodeControls(() -> {}, () -> "");
}
