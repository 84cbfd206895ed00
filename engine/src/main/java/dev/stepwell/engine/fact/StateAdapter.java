package dev.stepwell.engine.fact;

import dev.stepwell.engine.wire.Codec;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/** States as bytes, for snapshots. */
public final class StateAdapter<S> implements SnapshotAdapter<S> {

  private final Codec<S> codec;

  public StateAdapter(Codec<S> codec) {
    this.codec = codec;
  }

  @Override
  public Object toJournal(S state) {
    return codec.encode(state);
  }

  @Override
  public S fromJournal(Object stored) {
    if (stored instanceof byte[] bytes) {
      return codec.decode(bytes);
    }
    throw new IllegalStateException("a snapshot of " + stored.getClass().getName());
  }
}
