package dev.stepwell.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.execution.Busy;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.function.Registry;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.LocalShards;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wire.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostedEngineTest {

  private final MemoryStore store = new MemoryStore();
  private final ActorTestKit kit = StoreKit.create(store);
  private final HandTime time = new HandTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final List<Kind<?>> hosted = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void onlyTheRegistryMayLiveOnANodeThatDoesNotKnowTheFunctionsYet() {
    var engine = new CompletableFuture<HostedEngine>();
    var open = kit.spawn(host(engine));
    var node = engine.orTimeout(60, TimeUnit.SECONDS).join();

    node.known().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(hosted).isEqualTo(List.of(Registry.KIND));
    assertThat(node.ready().toCompletableFuture()).isNotDone();
    open.tell("now");

    node.ready().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(hosted).hasSize(8).anyMatch(RunEntity.KIND::equals);
  }

  private Behavior<String> host(CompletableFuture<HostedEngine> engine) {
    return Behaviors.setup(context -> {
      var start = new EngineStart(EngineStart.configuration(), store, List.of(), RunListener.NONE);
      var controls =
          new LocalEngine.Controls(
              time, Busy.UNCOUNTED, StepCode.AS_WRITTEN, UnaryOperator.identity(), () -> 0);
      var node =
          new HostedEngine(context, start, new Seen(new LocalShards(context)), controls, List::of);
      node.meet();
      engine.complete(node);
      return Behaviors.receiveMessage(_ -> {
        node.open();
        return Behaviors.same();
      });
    });
  }

  /** Notes what is hosted. */
  private final class Seen implements Shards {
    private final Shards real;

    private Seen(Shards real) {
      this.real = real;
    }

    @Override
    public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
      hosted.add(kind);
      real.host(kind, create);
    }

    @Override
    public <M> void tell(Kind<M> kind, String id, M message) {
      real.tell(kind, id, message);
    }

    @Override
    public <M, A extends Message> CompletionStage<A> ask(
        Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
      return real.ask(kind, id, message, timeout);
    }
  }
}
