package dev.stepwell.embedded;

import static dev.stepwell.embedded.Keys.NOTHING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.port.RunIndex.Row;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.OptionalLong;

/**
 * A run's line in the list, and the keys by which it is found. The row itself is in {@link
 * Family#RUNS} under its id; in {@link Family#RUN_KEYS} are
 *
 * <pre>
 *   F function id        -> nothing
 *   S status id          -> the function; not for completed runs, which are nearly all
 *   E end id             -> nothing; for ended runs
 * </pre>
 */
final class RunRow {

  private static final int VERSION_1 = 1;
  private static final byte ROW = 'R';
  private static final byte BY_FUNCTION = 'F';
  private static final byte BY_STATUS = 'S';
  private static final byte BY_END = 'E';

  /** By their place here the statuses are known on disk. */
  private static final List<RunStatus> STATUSES =
      List.of(RunStatus.RUNNING, RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED);

  private RunRow() {}

  static byte[] encode(Row row) {
    var out =
        new Bytes.Writer(64 + row.function().length() + row.eventName().length())
            .tag(VERSION_1)
            .tag(STATUSES.indexOf(row.status()))
            .text(row.function())
            .ulid(row.eventId())
            .text(row.eventName())
            .number(row.startedAtMillis())
            .flag(row.endedAtMillis().isPresent());
    row.endedAtMillis().ifPresent(out::number);
    return out.toBytes();
  }

  static Row decode(Ulid runId, byte[] bytes) {
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

  static byte[] key(Ulid runId) {
    return at(rows(), runId);
  }

  /** The keys that lead to a row. */
  static IndexKeys keys(Row row) {
    var id = row.runId();
    var function = row.function().getBytes(UTF_8);
    var keys = new IndexKeys().add(at(byFunction(row.function()), id), NOTHING);
    if (indexed(row.status())) {
      keys.add(at(byStatus(row.status()), id), function);
    }
    row.endedAtMillis()
        .ifPresent(end -> keys.add(Keys.after(byEnd()).millis(end).ulid(id).toBytes(), NOTHING));
    return keys;
  }

  /** Whether runs of this status are found by it. */
  static boolean indexed(RunStatus status) {
    return status != RunStatus.COMPLETED;
  }

  /** A run's place among the rows that begin with {@code prefix}. */
  static byte[] at(byte[] prefix, Ulid runId) {
    return Keys.after(prefix).ulid(runId).toBytes();
  }

  static byte[] rows() {
    return new byte[] {ROW};
  }

  static byte[] byFunction(String function) {
    return Keys.of(BY_FUNCTION).text(function).toBytes();
  }

  static byte[] byStatus(RunStatus status) {
    return Keys.of(BY_STATUS).number(STATUSES.indexOf(status)).toBytes();
  }

  static byte[] byEnd() {
    return new byte[] {BY_END};
  }
}
