package dev.stepwell.gateway.events;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.gateway.http.Bodies;
import dev.stepwell.gateway.http.Body;
import dev.stepwell.gateway.http.Call;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * {@code POST /e/{key}}: takes events, and answers with their ids once the engine has stored them.
 * A request is taken whole or not at all, where Inngest keeps the events before the first bad one.
 */
public final class EventIntake {

  private static final String SEED_HEADER = "x-inngest-event-id-seed";
  private static final String ENCODING_HEADER = "Content-Encoding";

  private final Engine engine;
  private final Bodies bodies;
  private final EventParser parser;
  private final Predicate<String> keys;
  private final long maxBodyBytes;

  /**
   * The intake.
   *
   * @param keys which event keys are known
   */
  public EventIntake(
      Engine engine, Bodies bodies, EventParser parser, Predicate<String> keys, long maxBodyBytes) {
    this.engine = engine;
    this.bodies = bodies;
    this.parser = parser;
    this.keys = keys;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** The ids of the events that are the body, in their order, or what is wrong with it. */
  public CompletionStage<HttpResponse> handle(Call call) {
    var request = call.request();
    var objection = objection(request, call.argument());
    var body =
        objection.isPresent()
            ? bodies.pass(request, new Body.Unread(objection.get()))
            : bodies.read(call, maxBodyBytes);
    return body.thenCompose(read -> send(request, read));
  }

  /** What is wrong with the request, as far as can be seen without its body. */
  private Optional<Problem> objection(HttpRequest request, String key) {
    if (!keys.test(key)) {
      return Optional.of(Problem.of(Code.UNKNOWN_EVENT_KEY, "Event key not found"));
    }
    var encoding = request.getHeader(ENCODING_HEADER).map(HttpHeader::value).orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      return Optional.of(
          Problem.of(Code.UNSUPPORTED_ENCODING, "The body is encoded with " + encoding));
    }
    var type = request.entity().getContentType().toString().toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")) {
      return Optional.of(Problem.of(Code.MALFORMED_JSON, "The body is a form, and not JSON"));
    }
    return Optional.empty();
  }

  private CompletionStage<HttpResponse> send(HttpRequest request, Body body) {
    return switch (body) {
      case Body.Unread(var problem) -> done(IntakeAnswers.problem(problem));
      case Body.Whole(var bytes) -> {
        try {
          yield send(parser.parse(bytes), seed(request));
        } catch (ProblemException e) {
          yield done(IntakeAnswers.problem(e.problem()));
        }
      }
    };
  }

  private CompletionStage<HttpResponse> send(List<NewEvent> events, Optional<IdSeed> seed) {
    return events.isEmpty()
        ? done(IntakeAnswers.ids(List.of()))
        : engine.send(events, seed).thenApply(IntakeAnswers::ids);
  }

  private static Optional<IdSeed> seed(HttpRequest request) {
    return request.getHeader(SEED_HEADER).flatMap(header -> SeedHeader.parse(header.value()));
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
