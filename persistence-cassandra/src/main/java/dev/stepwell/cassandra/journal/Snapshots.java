package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.owner.Claim;
import dev.stepwell.engine.port.Journal.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots, in parts if they are large. Each save is a version of its own, and part 0 is written
 * last: so a save that was not finished, or is under way, is not seen.
 */
final class Snapshots {

  /** Some megabytes at once: the newest snapshot, mostly. */
  private static final int PAGE_ROWS = 16;

  private final Cql cql;
  private final PreparedStatement insertFirst;
  private final PreparedStatement insertPart;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  Snapshots(Cql cql) {
    this.cql = cql;
    var into = "INSERT INTO snapshots (id, seq, version, part, ";
    insertFirst =
        cql.prepareIdempotent(
            into + "saved_at, parts, state) VALUES (?, ?, ?, 0, ?, ?, ?) USING TIMESTAMP ?");
    insertPart = cql.prepareIdempotent(into + "state) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?");
    select =
        cql.prepareIdempotent(
            "SELECT seq, version, part, saved_at, parts, state FROM snapshots WHERE id = ? AND seq <= ?");
    delete =
        cql.prepareIdempotent("DELETE FROM snapshots USING TIMESTAMP ? WHERE id = ? AND seq <= ?");
  }

  CompletionStage<Void> save(String id, Snapshot snapshot, Claim claim) {
    var version = claim.stamp();
    var parts = FactBytes.parts(snapshot.state());
    return savePart(id, snapshot, version, parts, parts.size() - 1);
  }

  /** Saves a part, and then those before it. */
  private CompletionStage<Void> savePart(
      String id, Snapshot snapshot, long version, List<ByteBuffer> parts, int part) {
    var seq = snapshot.sequenceNr();
    if (part > 0) {
      return cql.execute(insertPart.bind(id, seq, version, part, parts.get(part), version))
          .thenCompose(_ -> savePart(id, snapshot, version, parts, part - 1));
    }
    var first = parts.getFirst();
    return cql.execute(
            insertFirst.bind(
                id, seq, version, snapshot.savedAtMillis(), parts.size(), first, version))
        .thenAccept(_ -> {});
  }

  /** The newest snapshot up to a number. */
  CompletionStage<Optional<Snapshot>> load(String id, long maxSequenceNr) {
    var found = new Found();
    return cql.execute(select.bind(id, maxSequenceNr).setPageSize(PAGE_ROWS))
        .thenCompose(page -> load(page, found));
  }

  private static CompletionStage<Optional<Snapshot>> load(AsyncResultSet page, Found found) {
    for (var row : page.currentPage()) {
      var snapshot = found.row(row);
      if (snapshot.isPresent()) {
        return CompletableFuture.completedStage(snapshot);
      }
    }
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> load(next, found))
        : CompletableFuture.completedStage(Optional.empty());
  }

  /** Deletes the snapshots up to a number, and what was not finished of them. */
  CompletionStage<Void> deleteTo(String id, long maxSequenceNr, Claim claim) {
    return cql.execute(delete.bind(claim.stamp(), id, maxSequenceNr)).thenAccept(_ -> {});
  }

  /** A snapshot, until its last part is there. Rows come newest first, and part 0 before others. */
  private static final class Found {
    private @Nullable Row first;
    private final List<ByteBuffer> parts = new ArrayList<>();

    Optional<Snapshot> row(Row row) {
      if (row.getInt("part") == 0) {
        first = row;
        parts.clear();
      } else if (first == null
          || row.getLong("version") != first.getLong("version")
          || row.getLong("seq") != first.getLong("seq")) {
        return Optional.empty(); // a part of a save that was not finished
      }
      parts.add(Objects.requireNonNull(row.getByteBuffer("state")));
      return parts.size() == first.getInt("parts")
          ? Optional.of(snapshot(first))
          : Optional.empty();
    }

    private Snapshot snapshot(Row whole) {
      return new Snapshot(whole.getLong("seq"), whole.getLong("saved_at"), FactBytes.join(parts));
    }
  }
}
