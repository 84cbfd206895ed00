package dev.stepwell.embedded;

import static dev.stepwell.embedded.Keys.NOTHING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.port.RunIndex.Row;
import dev.stepwell.engine.port.RunRowCodec;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;

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

  private static final byte ROW = 'R';
  private static final byte BY_FUNCTION = 'F';
  private static final byte BY_STATUS = 'S';
  private static final byte BY_END = 'E';

  private RunRow() {}

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
    return Keys.of(BY_STATUS).number(RunRowCodec.number(status)).toBytes();
  }

  static byte[] byEnd() {
    return new byte[] {BY_END};
  }
}
