package dev.stepwell.gateway.runs;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.Engine.CancelAnswer;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.gateway.http.Answers;
import dev.stepwell.gateway.http.Bodies;
import dev.stepwell.gateway.http.Body;
import dev.stepwell.gateway.http.Call;
import dev.stepwell.gateway.http.Envelope;
import dev.stepwell.gateway.http.Params;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Does to runs what somebody asks for. */
public final class RunCommands {

  private static final String CANCEL_REASON = "cancelled over HTTP";
  private static final int OK = 200;

  private final Engine engine;
  private final Envelope envelope;
  private final Bodies bodies;
  private final long maxSignalBytes;

  /**
   * The commands.
   *
   * @param maxSignalBytes of the whole body with a signal
   */
  public RunCommands(Engine engine, Envelope envelope, Bodies bodies, long maxSignalBytes) {
    this.engine = engine;
    this.envelope = envelope;
    this.bodies = bodies;
    this.maxSignalBytes = maxSignalBytes;
  }

  /** {@code DELETE /v1/runs/{id}}: cancels it. To cancel it again changes nothing, and is fine. */
  public CompletionStage<HttpResponse> cancel(Call call) throws ProblemException {
    var id = Params.id(call);
    return engine.cancel(id, CANCEL_REASON).thenApply(answer -> answer(id, answer));
  }

  private static HttpResponse answer(Ulid id, CancelAnswer answer) {
    return switch (answer) {
      case CancelAnswer.Cancelled() -> Answers.empty(OK);
      case CancelAnswer.AlreadyEnded(RunStatus status) when status == RunStatus.CANCELLED ->
          Answers.empty(OK);
      case CancelAnswer.AlreadyEnded(RunStatus status) ->
          Answers.problem(
              Problem.of(
                  Code.RUN_ALREADY_ENDED,
                  "The run %s is already %s".formatted(id, RunJson.status(status))));
      case CancelAnswer.NoSuchRun() -> Answers.problem(RunQueries.noSuchRun(id.toString()));
    };
  }

  /** {@code POST /v1/signals}: hands data to the run that waits for a signal. */
  public CompletionStage<HttpResponse> signal(Call call) {
    return bodies.read(call, maxSignalBytes).thenCompose(this::signal);
  }

  private CompletionStage<HttpResponse> signal(Body body) {
    return switch (body) {
      case Body.Unread(var problem) -> done(Answers.problem(problem));
      case Body.Whole(var bytes) -> {
        try {
          yield signal(Signal.parse(bytes));
        } catch (ProblemException e) {
          yield done(Answers.problem(e.problem()));
        }
      }
    };
  }

  private CompletionStage<HttpResponse> signal(Signal signal) {
    return engine
        .signal(signal.name(), signal.data())
        .thenApply(run ->
            run.map(id -> envelope.one(out -> out.text("run_id", id.toString())))
                .orElseGet(() -> Answers.problem(nobodyWaits(signal))));
  }

  private static Problem nobodyWaits(Signal signal) {
    return Problem.of(Code.NOBODY_WAITS, "Nobody waits for '%s'".formatted(signal.name()));
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
