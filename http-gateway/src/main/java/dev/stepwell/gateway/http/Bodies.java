package dev.stepwell.gateway.http;

import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.Materializer;

/**
 * Reads bodies: up to a length, within a time, and only while there is room. A sender that lets
 * bytes drip in is answered when the time is over, and its connection closed.
 */
public final class Bodies {

  /** How much is let pass by, so that a refusal can be read: this many times the largest body. */
  private static final int PASSED_BODIES = 2;

  private final Materializer materializer;
  private final long maxBytes;
  private final Duration deadline;

  /**
   * A reader of bodies.
   *
   * @param maxBytes of any one body
   * @param deadline from the last header to the last byte
   */
  public Bodies(Materializer materializer, long maxBytes, Duration deadline) {
    this.materializer = materializer;
    this.maxBytes = maxBytes;
    this.deadline = deadline;
  }

  /** Reads the body of {@code call} if it has at most {@code limit} bytes. Never fails. */
  public CompletionStage<Body> read(Call call, long limit) {
    return gather(call.request(), gathering(call.permit()::take, Math.min(limit, maxBytes)));
  }

  /**
   * Lets the body pass by; completes with {@code outcome} when it has, or when that takes too long.
   * Never fails.
   */
  public CompletionStage<Body> pass(HttpRequest request, Body outcome) {
    var gathering = gathering(_ -> false, 0);
    gathering.decide(outcome);
    return gather(request, gathering);
  }

  private Gathering gathering(LongPredicate room, long limit) {
    return new Gathering(room, limit, maxBytes * PASSED_BODIES);
  }

  private CompletionStage<Body> gather(HttpRequest request, Gathering gathering) {
    var entity = request.entity();
    entity.getContentLengthOption().ifPresent(gathering::expect);
    if (entity instanceof HttpEntity.Strict strict) {
      gathering.add(strict.getData());
      gathering.end(null);
    } else if (gathering.outcomeIsKnown() && expectsToBeAsked(request)) {
      // Nothing has been sent yet, and nothing will be if we answer now.
      gathering.end(null);
    } else if (!gathering.result().isDone()) {
      stream(entity, gathering);
    }
    return gathering.result();
  }

  private void stream(HttpEntity entity, Gathering gathering) {
    entity.getDataBytes().runWith(new BodySink(gathering), materializer);
    // The stream is not cancelled: that would close the connection before there is an answer. An
    // early answer closes it behind itself.
    var _ =
        gathering.result().completeOnTimeout(tooSlow(), deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Body tooSlow() {
    return new Body.Unread(
        Problem.of(
            Code.BODY_TOO_SLOW,
            "The body took longer than %,d ms to arrive".formatted(deadline.toMillis())));
  }

  private static boolean expectsToBeAsked(HttpRequest request) {
    return request.getHeader("Expect").isPresent();
  }
}
