package dev.stepwell.gateway.events;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Page;
import dev.stepwell.gateway.http.Answers;
import dev.stepwell.gateway.http.Call;
import dev.stepwell.gateway.http.Envelope;
import dev.stepwell.gateway.http.Failures;
import dev.stepwell.gateway.http.Params;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers what somebody asks about events. */
public final class EventQueries {

  private static final int USUAL_LIMIT = 20;
  private static final int MAX_LIMIT = 50;

  /** Events may be large: they are fetched a few at a time, and a page ends when it has enough. */
  private static final int ROWS_AT_A_TIME = 10;

  private static final long MAX_PAGE_BYTES = 8 * 1024 * 1024;

  private final Engine engine;
  private final Envelope envelope;

  public EventQueries(Engine engine, Envelope envelope) {
    this.engine = engine;
    this.envelope = envelope;
  }

  /** {@code GET /v1/events/{id}}. */
  public CompletionStage<HttpResponse> one(Call call) throws ProblemException {
    var id = Params.id(call);
    return engine
        .events()
        .get(id)
        .thenApply(found ->
            found
                .map(row -> envelope.one(out -> EventJson.write(out, row)))
                .orElseGet(() ->
                    Answers.problem(Problem.of(Code.NO_SUCH_EVENT, "There is no event " + id))));
  }

  /**
   * {@code GET /v1/events?limit&cursor&received_before&received_after&name&internal}: at least one
   * event if there is one, and fewer than the limit if they are large.
   */
  public CompletionStage<HttpResponse> list(Call call) throws ProblemException {
    var params = new Params(call.request());
    var limit = params.limit(USUAL_LIMIT, MAX_LIMIT);
    var query =
        new EventIndex.Query(
            params.text("name"),
            params.flag("internal"),
            params.millis("received_after"),
            params.millis("received_before"),
            params.text("cursor"),
            Math.min(limit, ROWS_AT_A_TIME));
    return Failures.orForeign(
        query.after(),
        collect(query, limit, new ArrayList<>())
            .thenApply(page -> envelope.page(page, EventJson::write)));
  }

  private CompletionStage<Page<EventIndex.Row>> collect(
      EventIndex.Query query, int limit, List<EventIndex.Row> rows) {
    return engine
        .events()
        .list(query)
        .thenCompose(page -> {
          rows.addAll(page.items());
          var left = limit - rows.size();
          return page.next().isEmpty() || left <= 0 || bytes(rows) > MAX_PAGE_BYTES
              ? CompletableFuture.completedFuture(new Page<>(rows, page.next()))
              : collect(after(query, page.next(), left), limit, rows);
        });
  }

  private static EventIndex.Query after(EventIndex.Query query, Optional<String> cursor, int left) {
    return new EventIndex.Query(
        query.name(),
        query.internal(),
        query.receivedFromMillis(),
        query.receivedUntilMillis(),
        cursor,
        Math.min(left, ROWS_AT_A_TIME));
  }

  private static long bytes(List<EventIndex.Row> rows) {
    return rows.stream().mapToLong(row -> row.event().data().sizeBytes()).sum();
  }
}
