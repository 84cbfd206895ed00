package dev.stepwell.engine.wait;

import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;

/** The byte form of a {@link WaitPathsFact}. */
final class WaitPathsFactCodec implements Codec<WaitPathsFact> {

  static final WaitPathsFactCodec INSTANCE = new WaitPathsFactCodec();

  private static final int PATH_ADDED_1 = 1;
  private static final int PATH_ACTIVE_1 = 2;

  private WaitPathsFactCodec() {}

  @Override
  public byte[] encode(WaitPathsFact fact) {
    var out = new Bytes.Writer(64);
    switch (fact) {
      case WaitPathsFact.PathAdded(var path) -> out.tag(PATH_ADDED_1).text(path);
      case WaitPathsFact.PathActive(var path, var atMillis) ->
          out.tag(PATH_ACTIVE_1).text(path).number(atMillis);
    }
    return out.toBytes();
  }

  @Override
  public WaitPathsFact decode(byte[] bytes) {
    return Bytes.read(bytes, WaitPathsFactCodec::read);
  }

  private static WaitPathsFact read(Bytes.Reader in) {
    return switch (in.tag()) {
      case PATH_ADDED_1 -> new WaitPathsFact.PathAdded(in.text());
      case PATH_ACTIVE_1 -> new WaitPathsFact.PathActive(in.text(), in.number());
      default -> throw new IllegalStateException("unknown fact about wait paths");
    };
  }
}
