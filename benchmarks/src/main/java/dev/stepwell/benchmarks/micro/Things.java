package dev.stepwell.benchmarks.micro;

import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.Optional;

/** What the benchmarks are done with: sizes as they occur. */
public final class Things {
  private Things() {}

  public static final long NOW_MILLIS = 1_767_268_800_000L;

  /** 200 bytes. */
  public static final Json RESULT = Json.of('"' + "x".repeat(198) + '"');

  static final Json ORDER =
      Json.of(
          """
          {"customer":{"id":"c-17","email":"ada@example.com","tags":["new","vip"]},\
          "lines":[{"sku":"tea","quantity":1,"price":499},{"sku":"pot","quantity":2,"price":400}],\
          "orderId":"A-4711","total":1299,"note":"please ring twice, the bell is quiet"}\
          """);

  public static final Event EVENT =
      new Event(
          Ulid.of(NOW_MILLIS, 1, 2),
          Optional.of("order-A-4711"),
          "shop/order.placed",
          NOW_MILLIS,
          NOW_MILLIS,
          ORDER,
          Optional.empty(),
          Optional.empty());

  public static RunFact succeeded(String step) {
    return new RunFact.StepSucceeded(step, RESULT, NOW_MILLIS, NOW_MILLIS);
  }

  /** The body of a request with so many events. */
  static String body(int events) {
    var event =
        "{\"name\":\"shop/order.placed\",\"id\":\"order-A-4711\",\"ts\":%d,\"data\":%s}"
            .formatted(NOW_MILLIS, ORDER);
    return "[" + (event + ",").repeat(events - 1) + event + "]";
  }
}
