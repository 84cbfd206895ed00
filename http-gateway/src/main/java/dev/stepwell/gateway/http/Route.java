package dev.stepwell.gateway.http;

import dev.stepwell.gateway.problem.Problem;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * A line in the table of what can be asked.
 *
 * @param path its segments; {@code *} stands for any one
 * @param readsBody whether the handler reads the body; if not, it is thrown away before
 * @param limited whether such requests count among those under way, and are turned away when there
 *     are too many
 * @param refusal how this route says what is wrong
 */
public record Route(
    HttpMethod method,
    List<String> path,
    boolean readsBody,
    boolean limited,
    Function<Problem, HttpResponse> refusal,
    Handler handler) {

  private static final String ANY = "*";

  /** Answers a call. If the stage fails, the router answers in its stead. */
  @FunctionalInterface
  public interface Handler {
    CompletionStage<HttpResponse> handle(Call call) throws ProblemException;
  }

  /** A route whose requests need no body. */
  public static Route of(HttpMethod method, String path, Handler handler) {
    return new Route(method, segments(path), false, true, Answers::problem, handler);
  }

  /** A route whose handler reads the body. */
  public static Route withBody(HttpMethod method, String path, Handler handler) {
    return new Route(method, segments(path), true, true, Answers::problem, handler);
  }

  /** The same route with another way to say what is wrong. */
  public Route refusing(Function<Problem, HttpResponse> refusal) {
    return new Route(method, path, readsBody, limited, refusal, handler);
  }

  /** The same route, answered however much is under way. */
  public Route unlimited() {
    return new Route(method, path, readsBody, false, refusal, handler);
  }

  /** What stands in {@code segments} for the placeholders; empty if this is another path. */
  public Optional<List<String>> match(List<String> segments) {
    if (segments.size() != path.size()) {
      return Optional.empty();
    }
    var arguments = new ArrayList<String>(2);
    for (var i = 0; i < path.size(); i++) {
      if (path.get(i).equals(ANY)) {
        arguments.add(segments.get(i));
      } else if (!path.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(arguments);
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/"));
  }
}
