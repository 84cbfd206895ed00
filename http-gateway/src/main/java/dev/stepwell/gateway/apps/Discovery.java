package dev.stepwell.gateway.apps;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Looks for apps on this machine that nobody has told of. */
final class Discovery {

  static final List<String> PATHS =
      List.of(
          "/api/inngest",
          "/x/inngest",
          "/.netlify/functions/inngest",
          "/.redwood/functions/inngest");

  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final HttpClient client;
  private final List<Integer> ports;
  private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();

  Discovery(HttpClient client, List<Integer> ports) {
    this.client = client;
    this.ports = ports;
  }

  /** Who is told what was found. */
  interface Finder {
    /** An app is at {@code url}. Told each time. */
    void found(String url);

    /** Nobody listens at {@code place}, with which URLs begin. */
    void gone(String place);
  }

  /** Whether an app at {@code url} would be found. */
  boolean watches(String url) {
    return ports.stream().anyMatch(port -> url.startsWith(place(port)));
  }

  /** Looks once at each port, except where one of the {@code known} URLs is. */
  void look(Set<String> known, Finder finder) {
    for (var port : ports) {
      var place = place(port);
      if (known.stream().noneMatch(url -> url.startsWith(place)) && underWay.add(port)) {
        var _ =
            look(port, 0)
                .whenComplete((url, failure) -> {
                  underWay.remove(port);
                  if (failure == null) {
                    url.ifPresent(finder::found);
                  } else {
                    finder.gone(place);
                  }
                });
      }
    }
  }

  private static String place(int port) {
    return port == 80 ? "http://localhost/" : "http://localhost:" + port + "/";
  }

  /** The URL of the app at a port, if there is one; fails if nobody listens there. */
  private CompletableFuture<Optional<String>> look(int port, int path) {
    if (path == PATHS.size()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    var url = URI.create("http://127.0.0.1:" + port + PATHS.get(path));
    var request = HttpRequest.newBuilder(url).timeout(WITHIN).build();
    return client
        .sendAsync(request, BodyHandlers.discarding())
        .thenCompose(response ->
            response.headers().firstValue("x-inngest-sdk").isPresent()
                ? CompletableFuture.completedFuture(AppUrl.normal(url.toString()))
                : look(port, path + 1));
  }
}
