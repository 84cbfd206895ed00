package dev.stepwell.engine.flow;

import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;

/** The byte form of slot facts: a tag, then the instant. A tag is never given another meaning. */
final class SlotFactCodec implements Codec<SlotFact> {

  static final SlotFactCodec INSTANCE = new SlotFactCodec();

  private static final int OPENED = 1;

  private SlotFactCodec() {}

  @Override
  public byte[] encode(SlotFact fact) {
    return new Bytes.Writer(16).tag(OPENED).number(fact.openedAtMillis()).toBytes();
  }

  @Override
  public SlotFact decode(byte[] bytes) {
    return Bytes.read(bytes, SlotFactCodec::read);
  }

  private static SlotFact read(Bytes.Reader in) {
    var tag = in.tag();
    if (tag != OPENED) {
      throw new IllegalStateException("unknown kind of slot fact: " + tag);
    }
    return new SlotFact(in.number());
  }
}
