package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** All rows of an answer, page after page. */
final class Rows {
  private Rows() {}

  /** Hands over rows in order; completes after the last. */
  static CompletionStage<Void> forEach(AsyncResultSet page, Consumer<Row> into) {
    page.currentPage().forEach(into);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> forEach(next, into))
        : CompletableFuture.completedStage(null);
  }
}
