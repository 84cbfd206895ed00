package dev.stepwell.engine.event;

import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;
import dev.stepwell.engine.wire.EventCodec;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.pcollections.HashTreePMap;

/** The byte forms of the event log's facts and of its snapshots. */
public final class EventLogCodec implements Codec<EventLogFact> {

  public static final EventLogCodec INSTANCE = new EventLogCodec();

  /** The byte form of a snapshot. */
  public static final Codec<EventLogState> STATE = new StateCodec();

  private EventLogCodec() {}

  @Override
  public byte[] encode(EventLogFact fact) {
    return switch (fact) {
      case EventLogFact.Accepted(var entries) ->
          new Bytes.Writer(256 * entries.size() + 16)
              .tag(1)
              .list(entries, EventLogCodec::writeEntry)
              .toBytes();
      case EventLogFact.Forgotten(var events) ->
          new Bytes.Writer(16 * events.size() + 16)
              .tag(2)
              .list(events, Bytes.Writer::ulid)
              .toBytes();
    };
  }

  @Override
  public EventLogFact decode(byte[] bytes) {
    return Bytes.read(bytes, EventLogCodec::readFact);
  }

  private static EventLogFact readFact(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new EventLogFact.Accepted(in.list(EventLogCodec::readEntry));
      case 2 -> new EventLogFact.Forgotten(in.list(Bytes.Reader::ulid));
      default -> throw new IllegalStateException("unknown kind of event log fact: " + tag);
    };
  }

  private static void writeEntry(Bytes.Writer out, EventLogFact.Entry entry) {
    EventCodec.write(out, entry.event());
    out.list(entry.functions(), Bytes.Writer::text)
        .optional(entry.repeatOf(), Bytes.Writer::ulid)
        .flag(entry.parked());
  }

  private static EventLogFact.Entry readEntry(Bytes.Reader in) {
    return new EventLogFact.Entry(
        EventCodec.read(in),
        in.list(Bytes.Reader::text),
        in.optional(Bytes.Reader::ulid),
        in.flag());
  }

  private static final class StateCodec implements Codec<EventLogState> {

    private static final int VERSION_1 = 1;

    @Override
    public byte[] encode(EventLogState state) {
      var entries = new ArrayList<>(state.entries().values());
      return new Bytes.Writer(256 * entries.size() + 16)
          .tag(VERSION_1)
          .list(entries, EventLogCodec::writeEntry)
          .toBytes();
    }

    @Override
    public EventLogState decode(byte[] bytes) {
      return Bytes.read(bytes, StateCodec::read);
    }

    private static EventLogState read(Bytes.Reader in) {
      var version = in.tag();
      if (version != VERSION_1) {
        throw new IllegalStateException("unknown version of an event log snapshot: " + version);
      }
      List<EventLogFact.Entry> entries = in.list(EventLogCodec::readEntry);
      var byId = new HashMap<Ulid, EventLogFact.Entry>();
      entries.forEach(entry -> byId.put(entry.event().id(), entry));
      return new EventLogState(HashTreePMap.from(byId));
    }
  }
}
