package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import dev.stepwell.cassandra.owner.Claim;
import java.util.concurrent.CompletableFuture;

/** A row on its way, with the facts of one append. Completes once it is acknowledged. */
final class Append extends CompletableFuture<Void> {

  final String persistenceId;
  final Claim claim;
  final long epoch;

  /** Rows with the same one are of the same partition: Cassandra writes them as one. */
  final Object partition;

  final BoundStatement row;
  final int bytes;

  Append(
      String persistenceId,
      Claim claim,
      long epoch,
      Object partition,
      BoundStatement row,
      int bytes) {
    this.persistenceId = persistenceId;
    this.claim = claim;
    this.epoch = epoch;
    this.partition = partition;
    this.row = row;
    this.bytes = bytes;
  }
}
