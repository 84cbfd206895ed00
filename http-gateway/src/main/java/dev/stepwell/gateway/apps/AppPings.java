package dev.stepwell.gateway.apps;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.function.App;
import dev.stepwell.engine.wire.JsonWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks apps again and again to register, as they don't do so by themselves: those at given URLs,
 * those that are known, and those it finds. Says it when what is at a URL has changed.
 */
public final class AppPings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AppPings.class);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

  /** How often those are asked that have not answered, if the others are left alone. */
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

  private static final int ANSWER_BYTES_MAX = 1024 * 1024;

  private final Engine engine;
  private final PingConfig config;
  private final HttpClient client;
  private final Discovery discovery;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Map<String, PingAnswer> answers = new ConcurrentHashMap<>();
  private final Cancellable rounds;

  private AppPings(ActorSystem<?> system, Engine engine, PingConfig config) {
    this.engine = engine;
    this.config = config;
    this.client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    this.discovery = new Discovery(client, config.ports());
    this.rounds =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO,
                config.poll().orElse(USUAL_PAUSE),
                this::round,
                system.executionContext());
  }

  /** Begins to ask, and goes on until it is closed or the system ends. */
  public static AppPings start(ActorSystem<?> system, Engine engine, PingConfig config) {
    return new AppPings(system, engine, config);
  }

  /** What is wrong where an app should be, by URL: a code and a sentence. */
  public Map<String, String> errors() {
    var errors = new TreeMap<String, String>();
    answers.forEach((url, answer) -> {
      if (answer instanceof PingAnswer.Down(var code, var why)) {
        errors.put(url, code + ": " + why);
      }
    });
    return errors;
  }

  private void round() {
    try {
      askAll();
    } catch (RejectedExecutionException _) {
      // Closed meanwhile: its client takes no more.
    }
  }

  private void askAll() {
    var urls = new LinkedHashSet<>(config.urls());
    if (config.poll().isPresent()) {
      urls.addAll(known());
    }
    for (var url : urls) {
      if (config.poll().isPresent() || !isUp(url)) {
        ping(url);
      }
    }
    urls.addAll(known());
    answers.keySet().removeIf(url -> !urls.contains(url) && !discovery.watches(url));
    discovery.look(urls, new Finds());
  }

  private List<String> known() {
    return engine.apps().stream()
        .flatMap(app -> app.endpoint().stream())
        .map(App.Endpoint::url)
        .toList();
  }

  private boolean isUp(String url) {
    return answers.get(url) instanceof PingAnswer.Up;
  }

  private final class Finds implements Discovery.Finder {
    /** Two instances of an app would take it from each other for ever: each is asked once. */
    @Override
    public void found(String url) {
      var isElsewhere =
          answers.get(url) instanceof PingAnswer.Down(var code, _)
              && code.equals(PingAnswer.ELSEWHERE);
      if (!isUp(url) && !isElsewhere) {
        ping(url);
      }
    }

    @Override
    public void gone(String place) {
      answers.keySet().removeIf(url -> url.startsWith(place));
    }
  }

  /** Asks at a URL, unless an answer from there is still awaited. */
  private void ping(String url) {
    if (underWay.add(url)) {
      var _ =
          ask(url)
              .<PingAnswer>handle((response, failure) ->
                  failure == null ? PingAnswer.of(response, appAt(url)) : PingAnswer.of(failure))
              .whenComplete((answer, bug) -> {
                underWay.remove(url);
                if (bug == null) {
                  heard(url, answer);
                } else {
                  LOG.error("The answer of {} is not understood", url, bug);
                }
              });
    }
  }

  private CompletableFuture<HttpResponse<String>> ask(String url) {
    var body = JsonWriter.object(out -> out.text("url", url));
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(ANSWER_WITHIN)
              .header("Content-Type", "application/json")
              .header("X-Inngest-Server-Kind", "dev")
              .PUT(BodyPublishers.ofByteArray(body))
              .build();
      return client.sendAsync(
          request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Optional<App> appAt(String url) {
    return engine.apps().stream()
        .filter(app -> app.endpoint().filter(there -> there.url().equals(url)).isPresent())
        .findFirst();
  }

  private void heard(String url, PingAnswer answer) {
    var before = answers.put(url, answer);
    if (rounds.isCancelled() || before != null && before.isLike(answer)) {
      return;
    }
    switch (answer) {
      case PingAnswer.Up(var app, var functions) ->
          LOG.info("App {} at {} has {} functions", app, url, functions);
      case PingAnswer.Down(var code, var why) -> LOG.warn("No app at {}: {} ({})", url, why, code);
    }
  }

  /** Asks no more, and waits for no answer. */
  @Override
  public void close() {
    rounds.cancel();
    client.shutdownNow();
  }
}
