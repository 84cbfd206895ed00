package dev.stepwell.cassandra.cql;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.List;

/**
 * A change of a part of a row.
 *
 * @param partition the table's name and the values of the partition key
 * @param row the values of the other part of the primary key
 * @param part which of the row's columns are changed, if puts may change different ones; empty if
 *     it is all of them
 * @param statement does it; may be sent again
 * @param bytes about so large
 */
public record Mutation(
    List<?> partition, List<?> row, String part, Kind kind, BoundStatement statement, int bytes) {

  /** Says what becomes of two changes of one row at the same instant. */
  public enum Kind {
    PUT,
    /** Of the whole row; in Cassandra it wins against a put of the same instant. */
    DELETE
  }

  /** Bytes of a row beside its values: names, timestamps, lengths. */
  static final int ROW_BYTES = 60;

  /** A put of a whole row, or of all of it that puts change. */
  public static Mutation put(List<?> partition, List<?> row, BoundStatement statement, int bytes) {
    return new Mutation(partition, row, "", Kind.PUT, statement, ROW_BYTES + bytes);
  }

  /** A put of some columns. */
  public static Mutation put(
      List<?> partition, List<?> row, String part, BoundStatement statement, int bytes) {
    return new Mutation(partition, row, part, Kind.PUT, statement, ROW_BYTES + bytes);
  }

  public static Mutation delete(List<?> partition, List<?> row, BoundStatement statement) {
    return new Mutation(partition, row, "", Kind.DELETE, statement, ROW_BYTES);
  }

  /** What later changes of the same part take the place of. */
  record Target(List<?> partition, List<?> row, String part) {}

  Target target() {
    return new Target(partition, row, part);
  }

  Target wholeRow() {
    return new Target(partition, row, "");
  }
}
