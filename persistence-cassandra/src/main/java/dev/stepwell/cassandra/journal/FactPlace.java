package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/** Where the facts of one id are. */
interface FactPlace {

  /** Rows with equal ones are of the same partition. */
  Object partition(long seq);

  /**
   * The row of an append.
   *
   * @param count of its facts
   * @param parts in how many parts they are
   * @param bytes the only part, or the first
   */
  BoundStatement row(long seq, long epoch, int count, int parts, ByteBuffer bytes);

  /**
   * Another part of an append.
   *
   * @param part 1 or more
   */
  BoundStatement part(long seq, long epoch, int part, ByteBuffer bytes);

  /** Seals what was read: see {@link Chain}. */
  BoundStatement seal(Chain.Tip tip, long epoch);

  /**
   * Reads all that is not deleted, in order.
   *
   * @param begin makes the replay, given the number up to which all is deleted
   */
  CompletionStage<Chain> replay(LongFunction<Replay> begin);
}
