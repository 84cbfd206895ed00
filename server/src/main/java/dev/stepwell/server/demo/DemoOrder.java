package dev.stepwell.server.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.server.client.Client;
import dev.stepwell.server.client.ServerException;
import java.io.IOException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/**
 * The order that the demo sends.
 *
 * @param data as JSON
 */
record DemoOrder(String orderId, String data) {

  static final String EVENT = "order/placed";
  static final String FUNCTION = "process-order";

  /** What runs on {@code order/fulfilled}. */
  static final String[] FOLLOWERS = {"notify-customer", "record-sale"};

  /** An order of that time of day. */
  static DemoOrder at(LocalTime now) {
    var orderId = "A-" + now.format(DateTimeFormatter.ofPattern("HHmmss"));
    var data =
        """
        {"orderId":"%s","email":"ada@example.com","card":"4242-4242-4242-4242",\
        "lines":[{"sku":"tea","quantity":2},{"sku":"cup","quantity":1}]}\
        """
            .formatted(orderId);
    return new DemoOrder(orderId, data);
  }

  /** Sends it over HTTP, as everybody would. */
  Ulid send(Client client) throws ServerException {
    var answer =
        client.post(
            "/e/demo", event().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Ulid.parse(answer.path("ids").path(0).asText());
  }

  private ObjectNode event() {
    try {
      var event = Client.JSON.createObjectNode().put("name", EVENT);
      event.set("data", Client.JSON.readTree(data));
      return event;
    } catch (IOException e) {
      throw new IllegalStateException("the demo's order is JSON", e);
    }
  }
}
