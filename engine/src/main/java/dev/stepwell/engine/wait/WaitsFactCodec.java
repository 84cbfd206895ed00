package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;
import java.util.Optional;
import java.util.OptionalLong;

/** The byte form of a {@link WaitsFact}, and of a {@link Wait} inside other things. */
public final class WaitsFactCodec implements Codec<WaitsFact> {

  public static final WaitsFactCodec INSTANCE = new WaitsFactCodec();

  private static final int REGISTERED_1 = 1;
  private static final int REMOVED_1 = 2;

  private WaitsFactCodec() {}

  @Override
  public byte[] encode(WaitsFact fact) {
    var out = new Bytes.Writer(160);
    switch (fact) {
      case WaitsFact.Registered(var wait) -> writeWait(out.tag(REGISTERED_1), wait);
      case WaitsFact.Removed(var id) -> writeId(out.tag(REMOVED_1), id);
    }
    return out.toBytes();
  }

  @Override
  public WaitsFact decode(byte[] bytes) {
    return Bytes.read(bytes, WaitsFactCodec::read);
  }

  private static WaitsFact read(Bytes.Reader in) {
    return switch (in.tag()) {
      case REGISTERED_1 -> new WaitsFact.Registered(readWait(in));
      case REMOVED_1 -> new WaitsFact.Removed(readId(in));
      default -> throw new IllegalStateException("unknown fact about waits");
    };
  }

  static void writeWait(Bytes.Writer out, Wait wait) {
    out.ulid(wait.run())
        .text(wait.step())
        .text(wait.event())
        .optional(wait.match(), (to, match) -> to.text(match.path()).text(match.value()))
        .number(wait.untilMillis())
        .flag(wait.sinceMillis().isPresent());
    wait.sinceMillis().ifPresent(out::number);
    out.ulid(wait.trigger());
  }

  static Wait readWait(Bytes.Reader in) {
    return new Wait(
        in.ulid(),
        in.text(),
        in.text().intern(),
        readMatch(in),
        in.number(),
        in.flag() ? OptionalLong.of(in.number()) : OptionalLong.empty(),
        in.ulid());
  }

  // Event names and paths are few and come in every wait: one copy of each is enough.
  private static Optional<EventIndex.Match> readMatch(Bytes.Reader in) {
    return in.optional(from -> new EventIndex.Match(from.text().intern(), from.text()));
  }

  private static Bytes.Writer writeId(Bytes.Writer out, Wait.Id id) {
    return out.ulid(id.run()).text(id.step());
  }

  private static Wait.Id readId(Bytes.Reader in) {
    return new Wait.Id(in.ulid(), in.text());
  }
}
