package dev.stepwell.engine.flow;

import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;

/** The byte form of slot facts: a tag, then the instant. A tag is never given another meaning. */
final class SlotFactCodec implements Codec<SlotFact> {

  static final SlotFactCodec INSTANCE = new SlotFactCodec();

  private static final int OPENED = 1;
  private static final int CLOSED = 2;

  private SlotFactCodec() {}

  @Override
  public byte[] encode(SlotFact fact) {
    var tag =
        switch (fact) {
          case SlotFact.Opened _ -> OPENED;
          case SlotFact.Closed _ -> CLOSED;
        };
    return new Bytes.Writer(16).tag(tag).number(fact.atMillis()).toBytes();
  }

  @Override
  public SlotFact decode(byte[] bytes) {
    var in = new Bytes.Reader(bytes);
    var tag = in.tag();
    return switch (tag) {
      case OPENED -> new SlotFact.Opened(in.number());
      case CLOSED -> new SlotFact.Closed(in.number());
      default -> throw new IllegalStateException("unknown kind of slot fact: " + tag);
    };
  }
}
