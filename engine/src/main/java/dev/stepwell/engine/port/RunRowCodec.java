package dev.stepwell.engine.port;

import dev.stepwell.engine.port.RunIndex.Row;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.OptionalLong;

/** A run's line as bytes, for stores that keep it under the run's id. */
public final class RunRowCodec {

  private static final int VERSION_1 = 1;

  /** By their place here the statuses are known in stores. */
  private static final List<RunStatus> STATUSES =
      List.of(RunStatus.RUNNING, RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED);

  private RunRowCodec() {}

  /** The number of a status, which never changes. */
  public static int number(RunStatus status) {
    return STATUSES.indexOf(status);
  }

  /** All of a row but the run's id. */
  public static byte[] encode(Row row) {
    var out =
        new Bytes.Writer(64 + row.function().length() + row.eventName().length())
            .tag(VERSION_1)
            .tag(number(row.status()))
            .text(row.function())
            .ulid(row.eventId())
            .text(row.eventName())
            .number(row.startedAtMillis())
            .flag(row.endedAtMillis().isPresent());
    row.endedAtMillis().ifPresent(out::number);
    return out.toBytes();
  }

  public static Row decode(Ulid runId, byte[] bytes) {
    var in = new Bytes.Reader(bytes);
    var version = in.tag();
    if (version != VERSION_1) {
      throw new IllegalStateException("unknown version of a run's row: " + version);
    }
    var status = STATUSES.get(in.tag());
    var function = in.text();
    return new Row(
        runId,
        function,
        status,
        in.ulid(),
        in.text(),
        in.number(),
        in.flag() ? OptionalLong.of(in.number()) : OptionalLong.empty());
  }
}
