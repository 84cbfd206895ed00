package dev.stepwell.engine.port;

import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Calls functions whose code is in an app. No thread waits for an answer; calls to one host that
 * are too many at once wait in line, and others' are not in their way.
 */
public interface FunctionCaller {

  /** What a function is told of a step that it is to execute when it is told of none. */
  String NO_TARGET = "step";

  /**
   * Calls a function. The stage completes when it has answered or it is certain that it will not,
   * on any thread, and never fails.
   */
  CompletionStage<Reply> call(Call call);

  /**
   * A call.
   *
   * @param url of the function, with the query that names it
   * @param target which step to execute, by its hash, or {@link #NO_TARGET}
   * @param version of the protocol that the app has spoken for this run; -1 before it has
   * @param body an object
   */
  record Call(String url, Ulid run, Ulid request, String target, int version, Json body) {}

  /** What has become of a call. */
  sealed interface Reply {}

  /**
   * Something has answered.
   *
   * @param status of HTTP, 100 to 599; that of the app itself, if it has streamed its answer
   * @param fromSdk whether an SDK says that it is from it; if not, something else is there
   * @param version of the protocol in which it answers
   * @param noRetry whether another attempt makes sense, if it says so
   * @param retryAfter from now, if it says so
   * @param contentType as sent; may be empty
   * @param body UTF-8, if it is JSON
   */
  record Answered(
      int status,
      boolean fromSdk,
      OptionalInt version,
      Optional<Boolean> noRetry,
      Optional<Duration> retryAfter,
      String contentType,
      byte[] body)
      implements Reply {}

  /**
   * Nobody has answered, or with what can't be read.
   *
   * @param code one word for programs, such as {@code unreachable} or {@code output_too_large}
   * @param message a sentence for people
   */
  record Unanswered(String code, String message) implements Reply {}
}
