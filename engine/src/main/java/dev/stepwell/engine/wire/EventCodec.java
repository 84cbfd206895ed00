package dev.stepwell.engine.wire;

/** The byte form of an {@link Event}, alone or inside a fact. */
public final class EventCodec implements Codec<Event> {

  public static final EventCodec INSTANCE = new EventCodec();

  private static final int VERSION_1 = 1;

  private EventCodec() {}

  @Override
  public byte[] encode(Event event) {
    var out = new Bytes.Writer(event.data().sizeBytes() + event.name().length() + 64);
    write(out, event);
    return out.toBytes();
  }

  @Override
  public Event decode(byte[] bytes) {
    return Bytes.read(bytes, EventCodec::read);
  }

  public static void write(Bytes.Writer out, Event event) {
    out.tag(VERSION_1)
        .ulid(event.id())
        .optional(event.userId(), Bytes.Writer::text)
        .text(event.name())
        .number(event.tsMillis())
        .number(event.receivedAtMillis())
        .json(event.data())
        .optional(event.user(), Bytes.Writer::json)
        .optional(event.version(), Bytes.Writer::text);
  }

  public static Event read(Bytes.Reader in) {
    var version = in.tag();
    if (version != VERSION_1) {
      throw new IllegalStateException("unknown version of an event: " + version);
    }
    return new Event(
        in.ulid(),
        in.optional(Bytes.Reader::text),
        in.text(),
        in.number(),
        in.number(),
        in.json(),
        in.optional(Bytes.Reader::json),
        in.optional(Bytes.Reader::text));
  }
}
