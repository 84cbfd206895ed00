package dev.stepwell.engine.shard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.scaladsl.AskPattern.Askable;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.apache.pekko.util.Timeout;
import scala.concurrent.ExecutionContextExecutor;
import scala.util.Failure;
import scala.util.Success;
import scala.util.Try;

/**
 * Questions to actors. The stage that Pekko's own ask returns hands whatever follows to the common
 * pool: one more change of threads for each question. This one goes on where the answer arrives.
 */
final class Asks {
  private Asks() {}

  private static final ExecutionContextExecutor WHERE_IT_ARRIVES =
      ExecutionContexts.fromExecutor(Runnable::run);

  /**
   * Asks.
   *
   * @param question made for whom to answer
   * @return fails with a {@link java.util.concurrent.TimeoutException} if no answer comes in time
   */
  static <M, A> CompletableFuture<A> ask(
      ActorRef<M> actor, Function<ActorRef<A>, M> question, Duration timeout, Scheduler scheduler) {
    var answer = new CompletableFuture<A>();
    new Askable<>(actor)
        .<A>ask(question::apply, Timeout.create(timeout), scheduler)
        .onComplete(
            result -> {
              complete(answer, result);
              return result;
            },
            WHERE_IT_ARRIVES);
    return answer;
  }

  private static <A> void complete(CompletableFuture<A> answer, Try<A> result) {
    switch (result) {
      case Success<A> success -> answer.complete(success.value());
      case Failure<A> failure -> answer.completeExceptionally(failure.exception());
      default -> throw new IllegalStateException("neither success nor failure");
    }
  }
}
