package dev.stepwell.engine.wire;

/** Events as functions see them. */
public final class EventJson {
  private EventJson() {}

  /** The event as an object. */
  public static Json of(Event event) {
    return Json.ofUtf8(JsonWriter.object(out -> write(out, event)));
  }

  /** The members of the object. */
  public static void write(JsonWriter out, Event event) {
    out.json("data", event.data())
        .text("id", event.publicId())
        .text("name", event.name())
        .number("ts", event.tsMillis());
    event.user().ifPresent(user -> out.json("user", user));
    event.version().ifPresent(version -> out.text("v", version));
  }
}
