package dev.stepwell.engine.port;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.EventCodec;

/** An accepted event's row as bytes. */
public final class EventRowCodec {

  private static final int VERSION_1 = 1;

  private EventRowCodec() {}

  public static byte[] encode(Row row) {
    var out =
        new Bytes.Writer(row.event().data().sizeBytes() + 160)
            .tag(VERSION_1)
            .list(row.functions(), Bytes.Writer::text)
            .optional(row.repeatOf(), Bytes.Writer::ulid)
            .list(row.matches(), (to, match) -> to.text(match.path()).text(match.value()));
    EventCodec.write(out, row.event());
    return out.toBytes();
  }

  public static Row decode(byte[] bytes) {
    var in = new Bytes.Reader(bytes);
    var version = in.tag();
    if (version != VERSION_1) {
      throw new IllegalStateException("unknown version of an event's row: " + version);
    }
    var functions = in.list(Bytes.Reader::text);
    var repeatOf = in.optional(Bytes.Reader::ulid);
    var matches = in.list(from -> new Match(from.text(), from.text()));
    return new Row(EventCodec.read(in), functions, repeatOf, matches);
  }
}
