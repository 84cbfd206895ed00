package dev.stepwell.engine.port;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Timers in order of their instant, in partitions that each have one writer at a time. */
public interface TimerStore {

  /**
   * One timer.
   *
   * @param dueAtMillis Unix milliseconds, 0 or more
   * @param key unique within the partition together with {@code dueAtMillis}; at most 1,024 bytes
   * @param target what it wakes, in the bytes of whoever set it
   */
  record Row(long dueAtMillis, String key, byte[] target) {}

  /** Puts rows; a row with the same instant and key as an earlier one replaces it. */
  CompletionStage<Void> put(int partition, List<Row> rows);

  /**
   * Deletes rows, by instant and key; rows that are not there do not matter. May be made durable
   * late: a row may come back after a crash.
   */
  CompletionStage<Void> delete(int partition, List<Row> rows);

  /**
   * The rows from {@code fromMillis} (included) to {@code untilMillis} (excluded), in order of
   * instant and key.
   *
   * @param limit rows at most; whoever wants more asks again from the last row's instant on
   */
  CompletionStage<List<Row>> between(int partition, long fromMillis, long untilMillis, int limit);

  /** The instant of the first row at or after {@code fromMillis}. */
  CompletionStage<OptionalLong> next(int partition, long fromMillis);
}
