package dev.stepwell.engine.timer;

import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;

/**
 * The byte form of a target: a tag, then the record's components in their order. A tag is never
 * given another meaning. When a timer is due stands beside it, in its row.
 */
public final class TimerCodec implements Codec<Target> {

  public static final TimerCodec INSTANCE = new TimerCodec();

  private static final int RUN = 1;
  private static final int EVENT = 2;
  private static final int FUNCTION = 3;
  private static final int SLOTS = 4;

  private TimerCodec() {}

  /** The timer as its store keeps it. */
  public static TimerStore.Row row(Timer timer) {
    return new TimerStore.Row(
        timer.dueAtMillis(), timer.target().key(), INSTANCE.encode(timer.target()));
  }

  /**
   * The timer that was stored.
   *
   * @throws IllegalStateException if the row's bytes are not a target
   */
  public static Timer timer(TimerStore.Row row) {
    return new Timer(INSTANCE.decode(row.target()), row.dueAtMillis());
  }

  @Override
  public byte[] encode(Target target) {
    var out = new Bytes.Writer(64);
    switch (target) {
      case Target.OfRun(var run, var step) -> out.tag(RUN).ulid(run).text(step);
      case Target.OfEvent(var event) -> out.tag(EVENT).ulid(event);
      case Target.OfFunction(var function, var cron, var scheduledAtMillis) ->
          out.tag(FUNCTION).text(function).text(cron).number(scheduledAtMillis);
      case Target.OfSlots(var slots) -> out.tag(SLOTS).text(slots);
    }
    return out.toBytes();
  }

  @Override
  public Target decode(byte[] bytes) {
    return Bytes.read(bytes, TimerCodec::read);
  }

  private static Target read(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case RUN -> new Target.OfRun(in.ulid(), in.text());
      case EVENT -> new Target.OfEvent(in.ulid());
      case FUNCTION -> new Target.OfFunction(in.text(), in.text(), in.number());
      case SLOTS -> new Target.OfSlots(in.text());
      default -> throw new IllegalStateException("unknown kind of target: " + tag);
    };
  }
}
