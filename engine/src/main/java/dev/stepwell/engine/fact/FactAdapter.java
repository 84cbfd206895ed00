package dev.stepwell.engine.fact;

import dev.stepwell.engine.wire.Codec;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/** Facts as bytes; the bytes themselves say which fact and version they are. */
public final class FactAdapter<F> extends EventAdapter<F, byte[]> {

  private final Codec<F> codec;

  public FactAdapter(Codec<F> codec) {
    this.codec = codec;
  }

  @Override
  public byte[] toJournal(F fact) {
    return codec.encode(fact);
  }

  @Override
  public String manifest(F fact) {
    return "";
  }

  @Override
  public EventSeq<F> fromJournal(byte[] bytes, String manifest) {
    return EventSeq.single(codec.decode(bytes));
  }
}
