package dev.stepwell.gateway;

import dev.stepwell.gateway.http.Admission;
import dev.stepwell.gateway.http.Answers;
import dev.stepwell.gateway.http.Bodies;
import dev.stepwell.gateway.http.Body;
import dev.stepwell.gateway.http.Call;
import dev.stepwell.gateway.http.Failures;
import dev.stepwell.gateway.http.Route;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import dev.stepwell.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Finds the route of a request, lets it in if there is room, and sees to it that it's answered. */
final class Router {

  private static final Problem TOO_MANY_REQUESTS =
      Problem.retry(
          Code.OVERLOADED, "Too many requests are under way at this moment", Duration.ofSeconds(1));

  private static final Body NOTHING = new Body.Whole(new byte[0]);

  private static final int NO_CONTENT = 204;

  /** A browser may talk to us from any page. */
  private static final List<HttpHeader> ON_EVERY_ANSWER =
      List.of(
          RawHeader.create("X-Inngest-Server-Kind", "dev"),
          RawHeader.create("Access-Control-Allow-Origin", "*"),
          RawHeader.create("Access-Control-Expose-Headers", "*"));

  private final List<Route> routes;
  private final Admission admission;
  private final Bodies bodies;
  private final Duration timeout;

  /**
   * A router.
   *
   * @param timeout from the last header of a request to its answer
   */
  Router(List<Route> routes, Admission admission, Bodies bodies, Duration timeout) {
    this.routes = routes;
    this.admission = admission;
    this.bodies = bodies;
    this.timeout = timeout;
  }

  /** The answer to a request; the stage never fails. */
  CompletionStage<HttpResponse> handle(HttpRequest request) {
    return find(request).thenApply(response -> response.addHeaders(ON_EVERY_ANSWER));
  }

  private CompletionStage<HttpResponse> find(HttpRequest request) {
    var segments = new ArrayList<String>();
    request.getUri().pathSegments().forEach(segments::add);
    var allowed = new ArrayList<HttpMethod>();
    for (var route : routes) {
      var arguments = route.match(segments);
      if (arguments.isPresent() && route.method() == request.method()) {
        return enter(route, request, arguments.get());
      }
      if (arguments.isPresent()) {
        allowed.add(route.method());
      }
    }
    return bodies.pass(request, NOTHING).thenApply(_ -> withoutRoute(request, allowed));
  }

  private CompletionStage<HttpResponse> enter(
      Route route, HttpRequest request, List<String> arguments) {
    var permit = admission.enter(route.limited());
    if (permit.isEmpty()) {
      return bodies.pass(request, NOTHING).thenApply(_ -> route.refusal().apply(TOO_MANY_REQUESTS));
    }
    return Failures.within(timeout, run(route, new Call(request, arguments, permit.get())))
        .exceptionally(failure -> route.refusal().apply(Failures.problem(failure)))
        .whenComplete((_, _) -> permit.get().leave());
  }

  private CompletionStage<HttpResponse> run(Route route, Call call) {
    return route.readsBody()
        ? begin(route, call)
        : bodies.pass(call.request(), NOTHING).thenCompose(_ -> begin(route, call));
  }

  private static CompletionStage<HttpResponse> begin(Route route, Call call) {
    try {
      return route.handler().handle(call);
    } catch (ProblemException e) {
      return CompletableFuture.completedFuture(route.refusal().apply(e.problem()));
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  /** What to say where there is no route: these methods there are, if any. */
  private static HttpResponse withoutRoute(HttpRequest request, List<HttpMethod> methods) {
    var path = request.getUri().getPathString();
    if (methods.isEmpty()) {
      return Answers.problem(Problem.of(Code.NO_SUCH_ROUTE, "There is nothing at " + path));
    }
    var allowed = methods.stream().map(HttpMethod::value).collect(Collectors.joining(", "));
    if (request.method() == HttpMethods.OPTIONS) {
      return Answers.empty(NO_CONTENT)
          .addHeader(RawHeader.create("Allow", allowed + ", OPTIONS"))
          .addHeader(RawHeader.create("Access-Control-Allow-Methods", allowed))
          .addHeader(RawHeader.create("Access-Control-Allow-Headers", "*, Authorization"))
          .addHeader(RawHeader.create("Access-Control-Max-Age", "600"));
    }
    var sentence = "%s has no %s".formatted(path, request.method().value());
    return Answers.problem(Problem.of(Code.METHOD_NOT_ALLOWED, sentence))
        .addHeader(RawHeader.create("Allow", allowed + ", OPTIONS"));
  }
}
