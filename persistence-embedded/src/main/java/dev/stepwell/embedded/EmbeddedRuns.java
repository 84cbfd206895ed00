package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.embedded.IndexWriter.Kind;
import dev.stepwell.engine.port.Cursor;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunRowCodec;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.rocksdb.RocksDBException;

/** Rows by run id, and keys of {@link RunRow} that lead to them. */
final class EmbeddedRuns implements RunIndex, AutoCloseable {

  private static final int ROW_BYTES = 200;

  private final Database database;
  private final Reads reads;
  private final IndexWriter<Row> writer;

  EmbeddedRuns(Database database, Reads reads, GroupWriter writer, Budget budget) {
    this.database = database;
    this.reads = reads;
    this.writer = new IndexWriter<>("runs", this::encode, writer, budget);
  }

  @Override
  public CompletionStage<Void> put(List<Row> rows) {
    return writer.change(Kind.PUT, rows, (long) ROW_BYTES * rows.size());
  }

  @Override
  public CompletionStage<Void> delete(List<Row> rows) {
    return writer.change(Kind.DELETE, rows, (long) ROW_BYTES * rows.size());
  }

  private Ops encode(List<IndexWriter.Change<Row>> changes) throws RocksDBException {
    var before = new HashMap<Ulid, Optional<Row>>();
    var after = new LinkedHashMap<Ulid, Optional<Row>>();
    for (var change : changes) {
      for (var row : change.rows()) {
        var id = row.runId();
        var old = after.get(id);
        if (old == null) {
          old = find(id);
          before.put(id, old);
        }
        after.put(
            id, change.kind() != Kind.DELETE ? Optional.of(later(old, row)) : Optional.empty());
      }
    }
    var ops = new Ops(2 * ROW_BYTES * after.size(), 0);
    after.forEach((id, row) -> replace(id, before.getOrDefault(id, Optional.empty()), row, ops));
    return ops;
  }

  private static Row later(Optional<Row> old, Row row) {
    return old.filter(found -> found.status().ended() && !row.status().ended()).orElse(row);
  }

  private void replace(Ulid id, Optional<Row> before, Optional<Row> after, Ops ops) {
    if (before.equals(after)) {
      return;
    }
    var family = database.id(Family.RUNS);
    after.ifPresentOrElse(
        row -> ops.put(family, RunRow.key(id), RunRowCodec.encode(row)),
        () -> ops.delete(family, RunRow.key(id)));
    keys(after).replace(keys(before), database.id(Family.RUN_KEYS), ops);
  }

  private static IndexKeys keys(Optional<Row> row) {
    return row.map(RunRow::keys).orElseGet(IndexKeys::new);
  }

  @Override
  public CompletionStage<Optional<Row>> get(Ulid runId) {
    return reads.now(() -> find(runId));
  }

  private Optional<Row> find(Ulid runId) throws RocksDBException {
    var row = database.get(Family.RUNS, RunRow.key(runId));
    return row == null ? Optional.empty() : Optional.of(RunRowCodec.decode(runId, row));
  }

  @Override
  public CompletionStage<Page<Row>> list(Query query) {
    return reads.soon(() -> {
      var limit = Page.checkLimit(query.limit());
      return Page.of(search(query, limit + 1), limit, last -> Cursor.ofRun(last.runId()));
    });
  }

  /** By the narrowest key there is; whatever that leaves open is looked up in the rows. */
  private List<Row> search(Query query, int limit) throws RocksDBException {
    var status = query.status().filter(RunRow::indexed);
    if (status.isPresent()) {
      return search(query, limit, Family.RUN_KEYS, RunRow.byStatus(status.get()));
    }
    if (query.function().isPresent()) {
      return search(query, limit, Family.RUN_KEYS, RunRow.byFunction(query.function().get()));
    }
    return search(query, limit, Family.RUNS, RunRow.rows());
  }

  private List<Row> search(Query query, int limit, Family family, byte[] prefix)
      throws RocksDBException {
    var found = new ArrayList<Row>();
    try (var rows = Scan.backward(database, family, from(prefix, query), until(prefix, query))) {
      while (found.size() < limit && rows.next()) {
        row(family, rows, query).filter(row -> matches(query, row)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static byte[] from(byte[] prefix, Query query) {
    return RunRow.at(prefix, first(query.fromMillis().orElse(0)));
  }

  private static byte[] until(byte[] prefix, Query query) {
    var until = query.untilMillis().orElse(Long.MAX_VALUE);
    var end = until > Ulid.MILLIS_MAX ? Keys.end(prefix) : RunRow.at(prefix, first(until));
    return query
        .after()
        .map(cursor -> RunRow.at(prefix, Cursor.toRun(cursor)))
        .map(place -> Keys.earlier(place, end))
        .orElse(end);
  }

  /** The first id of an instant. */
  private static Ulid first(long millis) {
    return Ulid.of(Math.clamp(millis, 0, Ulid.MILLIS_MAX), 0, 0);
  }

  private Optional<Row> row(Family family, Scan rows, Query query) throws RocksDBException {
    var id = Keys.lastUlid(rows.key());
    if (family == Family.RUNS) {
      return Optional.of(RunRowCodec.decode(id, rows.value()));
    }
    // A key by status holds the function, which spares most look-ups where both are asked for.
    var function = new String(rows.value(), UTF_8);
    return function.isEmpty() || query.function().map(function::equals).orElse(true)
        ? find(id)
        : Optional.empty();
  }

  private static boolean matches(Query query, Row row) {
    return query.function().map(row.function()::equals).orElse(true)
        && query.status().map(row.status()::equals).orElse(true);
  }

  @Override
  public CompletionStage<List<Row>> endedBetween(long fromMillis, long untilMillis, int limit) {
    return reads.soon(() -> {
      var found = new ArrayList<Row>();
      var from = Keys.after(RunRow.byEnd()).millis(Math.max(0, fromMillis)).toBytes();
      var until = Keys.after(RunRow.byEnd()).millis(Math.max(0, untilMillis)).toBytes();
      try (var keys = Scan.forward(database, Family.RUN_KEYS, from, until)) {
        while (found.size() < limit && keys.next()) {
          find(Keys.lastUlid(keys.key())).ifPresent(found::add);
        }
      }
      return found;
    });
  }

  @Override
  public void close() {
    writer.close();
  }
}
