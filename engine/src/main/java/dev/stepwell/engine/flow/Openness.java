package dev.stepwell.engine.flow;

import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;

/** What the facts say: whether slots may be held. */
enum Openness {
  CLOSED,
  OPEN;

  static final Codec<Openness> CODEC = new AsBytes();

  Openness apply(SlotFact fact) {
    return switch (fact) {
      case SlotFact.Opened _ -> OPEN;
      case SlotFact.Closed _ -> CLOSED;
    };
  }

  /** The byte form, which never changes: 1 is open, 2 is closed. */
  private static final class AsBytes implements Codec<Openness> {
    @Override
    public byte[] encode(Openness value) {
      return new Bytes.Writer(1).tag(value == OPEN ? 1 : 2).toBytes();
    }

    @Override
    public Openness decode(byte[] bytes) {
      var tag = new Bytes.Reader(bytes).tag();
      return switch (tag) {
        case 1 -> OPEN;
        case 2 -> CLOSED;
        default -> throw new IllegalStateException("neither open nor closed: " + tag);
      };
    }
  }
}
