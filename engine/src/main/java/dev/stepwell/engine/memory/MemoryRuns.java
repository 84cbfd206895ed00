package dev.stepwell.engine.memory;

import dev.stepwell.engine.port.Cursor;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.wire.Ulid;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The rows by run id; lists look at all of them. */
final class MemoryRuns implements RunIndex {

  private static final Comparator<Row> BY_END =
      Comparator.comparingLong((Row row) -> row.endedAtMillis().orElseThrow())
          .thenComparing(Row::runId);

  private final Calls calls;
  private final NavigableMap<Ulid, Row> rows = new TreeMap<>();

  MemoryRuns(Calls calls) {
    this.calls = calls;
  }

  @Override
  public CompletionStage<Void> put(List<Row> rows) {
    return calls.perform(() -> rows.forEach(this::put));
  }

  private void put(Row row) {
    var old = rows.get(row.runId());
    if (old == null || row.status().ended() || !old.status().ended()) {
      rows.put(row.runId(), row);
    }
  }

  @Override
  public CompletionStage<Optional<Row>> get(Ulid runId) {
    return calls.answer(() -> Optional.ofNullable(rows.get(runId)));
  }

  @Override
  public CompletionStage<Page<Row>> list(Query query) {
    return calls.answer(() -> {
      var limit = Page.checkLimit(query.limit());
      var older =
          query.after().map(cursor -> rows.headMap(Cursor.toRun(cursor), false)).orElse(rows);
      var found =
          older.descendingMap().values().stream()
              .filter(row -> matches(query, row))
              .limit(limit + 1L)
              .toList();
      return Page.of(found, limit, last -> Cursor.ofRun(last.runId()));
    });
  }

  private static boolean matches(Query query, Row row) {
    var millis = row.runId().millis();
    return query.function().map(row.function()::equals).orElse(true)
        && query.status().map(row.status()::equals).orElse(true)
        && millis >= query.fromMillis().orElse(0)
        && millis < query.untilMillis().orElse(Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<List<Row>> endedBetween(long fromMillis, long untilMillis, int limit) {
    return calls.answer(() ->
        rows.values().stream()
            .filter(row -> row.endedAtMillis().orElse(Long.MAX_VALUE) < untilMillis)
            .filter(row -> row.endedAtMillis().orElseThrow() >= fromMillis)
            .sorted(BY_END)
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<Void> delete(List<Row> rows) {
    return calls.perform(() -> rows.forEach(row -> this.rows.remove(row.runId())));
  }
}
