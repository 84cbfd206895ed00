package dev.stepwell.gateway.runs;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers what somebody asks about runs. */
public final class RunQueries {

  private static final int USUAL_LIMIT = 50;
  private static final int MAX_LIMIT = 1_000;

  private final Engine engine;
  private final Envelope envelope;

  public RunQueries(Engine engine, Envelope envelope) {
    this.engine = engine;
    this.envelope = envelope;
  }

  /** {@code GET /v1/runs/{id}}. */
  public CompletionStage<HttpResponse> one(Call call) throws ProblemException {
    var id = Params.id(call);
    return engine
        .run(id)
        .thenApply(found ->
            found
                .map(run -> envelope.one(out -> RunJson.write(out, run)))
                .orElseGet(() -> Answers.problem(noSuchRun(id.toString()))));
  }

  /** {@code GET /v1/runs?limit&cursor&function&status&from&until}. */
  public CompletionStage<HttpResponse> list(Call call) throws ProblemException {
    var params = new Params(call.request());
    var query =
        new RunIndex.Query(
            params.text("function"),
            status(params),
            params.millis("from"),
            params.millis("until"),
            params.text("cursor"),
            params.limit(USUAL_LIMIT, MAX_LIMIT));
    return Failures.orForeign(
        query.after(),
        engine.runs().list(query).thenApply(page -> envelope.page(page, RunJson::write)));
  }

  /** {@code GET /v1/events/{id}/runs}: the runs that an event has started, each asked itself. */
  public CompletionStage<HttpResponse> ofEvent(Call call) throws ProblemException {
    var id = Params.id(call);
    return engine
        .events()
        .get(id)
        .thenCompose(found ->
            found.isPresent()
                ? ofEvent(found.get())
                : CompletableFuture.completedFuture(
                    Answers.problem(Problem.of(Code.NO_SUCH_EVENT, "There is no event " + id))));
  }

  private CompletionStage<HttpResponse> ofEvent(EventIndex.Row event) {
    CompletionStage<List<RunView>> runs = CompletableFuture.completedFuture(new ArrayList<>());
    for (var id : engine.runsOf(event)) {
      runs =
          runs.thenCombine(
              engine.run(id),
              (all, run) -> {
                run.ifPresent(all::add);
                return all;
              });
    }
    return runs.thenApply(all -> envelope.all(all, RunJson::writeWithoutSteps));
  }

  private static Optional<RunStatus> status(Params params) throws ProblemException {
    var text = params.text("status");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (var status : RunStatus.values()) {
      if (status.name().equals(text.get().toUpperCase(Locale.ROOT))) {
        return Optional.of(status);
      }
    }
    throw Params.malformed("status", text.get(), "Running, Completed, Failed or Cancelled");
  }

  static Problem noSuchRun(String id) {
    return Problem.of(Code.NO_SUCH_RUN, "There is no run " + id);
  }
}
