package dev.stepwell.gateway.http;

import dev.stepwell.engine.OverloadedException;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to answer when the engine has failed to. */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Problem FOREIGN_CURSOR =
      Problem.of(Code.MALFORMED_PARAMETER, "cursor is not from a page of this list");

  private Failures() {}

  /** The problem behind a failed stage. What is a bug is logged. */
  public static Problem problem(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapper when wrapper.getCause() != null ->
          problem(wrapper.getCause());
      case OverloadedException overloaded ->
          Problem.retry(
              Code.OVERLOADED,
              "The engine is at its limit at this moment",
              overloaded.retryAfter());
      case TimeoutException _ ->
          Problem.retry(Code.NO_ANSWER, "The engine did not answer in time", RETRY_AFTER);
      default -> {
        LOG.error("A request was answered with 500", failure);
        yield Problem.of(Code.INTERNAL, "Something is wrong in the server itself");
      }
    };
  }

  /**
   * The same stage, failed with a {@link TimeoutException} if it takes longer than {@code wait}.
   */
  public static <T> CompletableFuture<T> within(Duration wait, CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The same answer, but 400 where the index could not read {@code cursor}. */
  public static CompletionStage<HttpResponse> orForeign(
      Optional<String> cursor, CompletionStage<HttpResponse> list) {
    return list.exceptionallyCompose(failure -> {
      var cause = failure instanceof CompletionException ? failure.getCause() : failure;
      return cursor.isPresent() && cause instanceof IllegalArgumentException
          ? CompletableFuture.completedFuture(Answers.problem(FOREIGN_CURSOR))
          : CompletableFuture.failedFuture(failure);
    });
  }
}
