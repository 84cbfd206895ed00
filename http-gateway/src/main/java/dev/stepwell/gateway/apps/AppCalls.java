package dev.stepwell.gateway.apps;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.function.App;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.gateway.http.Answers;
import dev.stepwell.gateway.http.Bodies;
import dev.stepwell.gateway.http.Body;
import dev.stepwell.gateway.http.Call;
import dev.stepwell.gateway.http.Params;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What apps that are called over HTTP say and are told. */
public final class AppCalls {

  private static final Logger LOG = LoggerFactory.getLogger(AppCalls.class);

  private static final String KIND_HEADER = "x-inngest-expected-server-kind";
  private static final String OUR_KIND = "dev";

  /** An app with thousands of functions says so in less. */
  private static final int BODY_MAX = 4 * 1024 * 1024;

  private final Engine engine;
  private final Bodies bodies;
  private final DevInfo info;

  public AppCalls(Engine engine, Bodies bodies, DevInfo info) {
    this.engine = engine;
    this.bodies = bodies;
    this.info = info;
  }

  /** {@code POST /fn/register}: an app has these functions from now on. */
  public CompletionStage<HttpResponse> register(Call call) {
    var expected = call.request().getHeader(KIND_HEADER).map(HttpHeader::value).orElse("");
    if (!expected.isEmpty() && !expected.equals(OUR_KIND)) {
      return bodies
          .pass(call.request(), new Body.Whole(new byte[0]))
          .thenApply(_ -> AppAnswers.wrongKind(expected));
    }
    return bodies.read(call, BODY_MAX).thenCompose(this::register);
  }

  private CompletionStage<HttpResponse> register(Body body) {
    return switch (body) {
      case Body.Unread(var problem) -> done(AppAnswers.problem(problem));
      case Body.Whole(var bytes) -> {
        try {
          yield register(Registration.parse(bytes));
        } catch (ProblemException e) {
          LOG.warn("An app can't be registered: {}", e.problem().sentence());
          yield done(AppAnswers.problem(e.problem()));
        }
      }
    };
  }

  private CompletionStage<HttpResponse> register(Registration registration)
      throws ProblemException {
    var app = registration.app();
    var endpoint = app.endpoint().orElseThrow();
    if (engine.apps().stream().anyMatch(known -> isSame(known, app))) {
      return done(AppAnswers.registered(app, endpoint, false));
    }
    requireRoomFor(app);
    return engine
        .sync(app)
        .thenApply(_ -> {
          log(registration, endpoint);
          return AppAnswers.registered(app, endpoint, true);
        });
  }

  private static boolean isSame(App known, App app) {
    return known.name().equals(app.name())
        && known.endpoint().isPresent()
        && known.endpoint().get().url().equals(app.endpoint().orElseThrow().url())
        && known.endpoint().get().checksum().equals(app.endpoint().orElseThrow().checksum());
  }

  private void requireRoomFor(App app) throws ProblemException {
    var ids = app.functions().stream().map(Definition::id).collect(Collectors.toSet());
    for (var known : engine.apps()) {
      if (known.name().equals(app.name())) {
        if (known.endpoint().isEmpty()) {
          throw new ProblemException(
              Code.INVALID_APP, "'%s' is the name of this server's own app".formatted(app.name()));
        }
        continue;
      }
      for (var function : known.functions()) {
        if (ids.contains(function.id())) {
          throw new ProblemException(
              Code.INVALID_FUNCTION,
              "Function %s is of the app %s already".formatted(function.id(), known.name()));
        }
      }
    }
  }

  private static void log(Registration registration, App.Endpoint endpoint) {
    var app = registration.app();
    LOG.info(
        "App {} at {} has registered {} functions, by {}",
        app.name(),
        endpoint.url(),
        app.functions().size(),
        endpoint.sdk());
    SdkVersion.parse(endpoint.sdk())
        .danger()
        .ifPresent(danger -> LOG.warn("App {} IS IN DANGER: {}", app.name(), danger));
    registration.warnings().forEach(warning -> LOG.warn("App {}: {}", app.name(), warning));
  }

  /** {@code DELETE /fn/remove?url=}: forgets the app at that URL. */
  public CompletionStage<HttpResponse> remove(Call call) throws ProblemException {
    var given = new Params(call.request()).text("url").orElse("");
    var url = AppUrl.normal(given).orElseThrow(() -> Params.malformed("url", given, "a URL"));
    var there = engine.apps().stream().filter(app -> isAt(app, url)).map(App::name).toList();
    if (there.isEmpty()) {
      throw new ProblemException(Code.NO_SUCH_APP, "There is no app at " + url);
    }
    var removals = there.stream().map(name -> engine.removeApp(name).toCompletableFuture());
    return CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          LOG.info("The app at {} was removed", url);
          return AppAnswers.removed();
        });
  }

  private static boolean isAt(App app, String url) {
    return app.endpoint().filter(endpoint -> endpoint.url().equals(url)).isPresent();
  }

  /** {@code GET /dev}: what there is, for people and for SDKs that look whether anybody is here. */
  public CompletionStage<HttpResponse> info(Call call) {
    return done(Answers.object(200, out -> info.write(out, engine.apps())));
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
