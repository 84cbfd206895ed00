package dev.stepwell.engine.wait;

import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;
import java.util.Comparator;

/** The byte form of a {@link WaitsState}: its waits in the order of their numbers. */
final class WaitsStateCodec implements Codec<WaitsState> {

  static final WaitsStateCodec INSTANCE = new WaitsStateCodec();

  private static final int VERSION_1 = 1;
  private static final int WAIT_BYTES = 160;

  private WaitsStateCodec() {}

  @Override
  public byte[] encode(WaitsState state) {
    var entries =
        state.waits().values().stream()
            .sorted(Comparator.comparingLong(WaitsState.Entry::number))
            .toList();
    return new Bytes.Writer(64 + entries.size() * WAIT_BYTES)
        .tag(VERSION_1)
        .number(state.registrations())
        .list(entries, WaitsStateCodec::writeEntry)
        .toBytes();
  }

  @Override
  public WaitsState decode(byte[] bytes) {
    return Bytes.read(bytes, WaitsStateCodec::read);
  }

  private static WaitsState read(Bytes.Reader in) {
    var version = in.tag();
    if (version != VERSION_1) {
      throw new IllegalStateException("unknown version of waits: " + version);
    }
    return WaitsState.of(in.number(), in.list(WaitsStateCodec::readEntry));
  }

  private static void writeEntry(Bytes.Writer out, WaitsState.Entry entry) {
    out.number(entry.number());
    WaitsFactCodec.writeWait(out, entry.subscription());
  }

  private static WaitsState.Entry readEntry(Bytes.Reader in) {
    return new WaitsState.Entry(in.number(), WaitsFactCodec.readWait(in));
  }
}
