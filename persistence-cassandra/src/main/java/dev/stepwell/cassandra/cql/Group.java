package dev.stepwell.cassandra.cql;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mutations that are written at one instant, in as few statements as Cassandra takes without a
 * warning: many of one partition make one batch, which is one mutation of its own to Cassandra, and
 * what is small besides goes together with others.
 *
 * <p>No batch is atomic beyond a partition: whoever writes repeats it until all of it has
 * succeeded.
 */
final class Group {

  /** Of a batch in one partition; a larger row goes alone. */
  private static final int ONE_PARTITION_BYTES_MAX = 64 << 10;

  /** Cassandra warns of larger batches in several partitions (batch_size_warn_threshold: 5 KiB). */
  private static final int MIXED_BYTES_MAX = 4 << 10;

  /** And of more partitions (unlogged_batch_across_partitions_warn_threshold: 10). */
  private static final int MIXED_PARTITIONS_MAX = 10;

  private final Map<Mutation.Target, Mutation> mutations = new LinkedHashMap<>();
  private final Set<Mutation.Target> deleted = new HashSet<>();

  /**
   * Takes mutations in, in place of earlier ones of the same target.
   *
   * @return false, and takes none, if one puts what an earlier one has deleted: of two changes at
   *     one instant the deletion would win
   */
  boolean add(Collection<Mutation> more) {
    if (!deleted.isEmpty() && more.stream().anyMatch(this::wouldBeLost)) {
      return false;
    }
    for (var mutation : more) {
      mutations.put(mutation.target(), mutation);
      if (mutation.kind() == Mutation.Kind.DELETE) {
        deleted.add(mutation.target());
      }
    }
    return true;
  }

  private boolean wouldBeLost(Mutation mutation) {
    return mutation.kind() == Mutation.Kind.PUT && deleted.contains(mutation.wholeRow());
  }

  /** The statements that write it, all as of the same instant, in microseconds. */
  List<Statement<?>> statements(long micros) {
    var statements = new ArrayList<Statement<?>>();
    var small = new ArrayList<List<Mutation>>();
    for (var partition : byPartition()) {
      if (bytes(partition) > MIXED_BYTES_MAX) {
        for (var part : split(partition)) {
          statements.add(statement(part, micros));
        }
      } else {
        small.add(partition);
      }
    }
    mixed(small).forEach(mix -> statements.add(statement(mix, micros)));
    return statements;
  }

  private Collection<List<Mutation>> byPartition() {
    var partitions = new LinkedHashMap<List<?>, List<Mutation>>();
    for (var mutation : mutations.values()) {
      partitions.computeIfAbsent(mutation.partition(), _ -> new ArrayList<>()).add(mutation);
    }
    return partitions.values();
  }

  private static List<List<Mutation>> split(List<Mutation> partition) {
    var parts = new ArrayList<List<Mutation>>();
    var part = new ArrayList<Mutation>();
    var bytes = 0;
    for (var mutation : partition) {
      if (!part.isEmpty() && bytes + mutation.bytes() > ONE_PARTITION_BYTES_MAX) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(mutation);
      bytes += mutation.bytes();
    }
    parts.add(part);
    return parts;
  }

  private static List<List<Mutation>> mixed(List<List<Mutation>> partitions) {
    var mixes = new ArrayList<List<Mutation>>();
    var mix = new ArrayList<Mutation>();
    var count = 0;
    var bytes = 0;
    for (var partition : partitions) {
      var more = bytes(partition);
      if (count == MIXED_PARTITIONS_MAX || bytes + more > MIXED_BYTES_MAX) {
        mixes.add(mix);
        mix = new ArrayList<>();
        count = 0;
        bytes = 0;
      }
      mix.addAll(partition);
      count++;
      bytes += more;
    }
    if (!mix.isEmpty()) {
      mixes.add(mix);
    }
    return mixes;
  }

  private static Statement<?> statement(List<Mutation> mutations, long micros) {
    if (mutations.size() == 1) {
      return mutations.getFirst().statement().setQueryTimestamp(micros);
    }
    BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
    for (var mutation : mutations) {
      batch.addStatement(mutation.statement());
    }
    return batch.setIdempotence(true).setQueryTimestamp(micros).build();
  }

  private static int bytes(List<Mutation> mutations) {
    return mutations.stream().mapToInt(Mutation::bytes).sum();
  }
}
