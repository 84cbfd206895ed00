package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wire.Message;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.Test;

class RunExitTest {

  private static final Ulid RUN = new Ulid(1, 2);
  private static final RunEntity.Call CALL =
      new RunEntity.Describe(
          OptionalInt.empty(), TestInbox.<RunEntity.Description>create().getRef());

  private final List<String> happened = new ArrayList<>();
  private final RunExit exit = new RunExit(RUN, new Log(), () -> happened.add("passivate"));

  @Test
  void aCallBeforeLeavingIsTakenUp() {
    assertThat(exit.keeps(CALL)).isFalse();
    exit.left(List.of());
    assertThat(happened).isEmpty();
  }

  @Test
  void callsAfterLeavingAreSentToTheNextLifeOnceAndOnlyWhenThisOneIsStopped() {
    exit.leave();
    assertThat(exit.keeps(CALL)).isTrue();
    assertThat(exit.keeps(CALL)).isTrue();
    assertThat(happened).containsExactly("passivate");
    exit.left(List.of());
    exit.left(List.of());
    assertThat(happened).containsExactly("passivate", "run|" + RUN, "run|" + RUN);
  }

  @Test
  void whatThisLifeHasNotSettledIsSentToTheNextOne() {
    assertThat(exit.keeps(CALL)).isFalse();
    exit.left(List.of(CALL));
    assertThat(happened).containsExactly("run|" + RUN);
  }

  private final class Log implements Shards {
    @Override
    public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <M> void tell(Kind<M> kind, String id, M message) {
      assertThat(message).isSameAs(CALL);
      happened.add(kind.name() + "|" + id);
    }

    @Override
    public <M, A extends Message> CompletionStage<A> ask(
        Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }
  }
}
