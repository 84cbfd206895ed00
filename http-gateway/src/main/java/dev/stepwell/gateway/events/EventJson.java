package dev.stepwell.gateway.events;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.JsonWriter;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.Optional;

/** Writes events: what Inngest's API shows under its names, and what only we know beside it. */
final class EventJson {

  private static final String ACCOUNT = "00000000-0000-4000-a000-000000000000";
  private static final String ENVIRONMENT = "00000000-0000-4000-b000-000000000000";

  private EventJson() {}

  static void write(JsonWriter out, EventIndex.Row row) {
    var event = row.event();
    out.text("internal_id", event.id().toString());
    out.text("account_id", ACCOUNT);
    out.text("environment_id", ENVIRONMENT);
    out.text("source", "");
    out.text("source_id", Optional.empty());
    out.instant("received_at", Optional.of(Instant.ofEpochMilli(event.receivedAtMillis())));
    out.text("id", event.publicId());
    out.text("name", event.name());
    out.json("data", Optional.of(event.data()));
    out.json("user", Optional.of(event.user().orElse(Json.EMPTY_OBJECT)));
    out.number("ts", event.tsMillis());
    out.text("v", event.version());
    out.texts("functions", row.functions());
    out.text("repeat_of", row.repeatOf().map(Ulid::toString));
  }
}
