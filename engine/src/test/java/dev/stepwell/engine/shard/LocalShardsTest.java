package dev.stepwell.engine.shard;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalShardsTest extends ShardsContract {

  private final ActorTestKit kit = ActorTestKit.create();
  private final Shards shards = begin();

  private Shards begin() {
    var hosted = new CompletableFuture<Shards>();
    kit.spawn(
        Behaviors.<Void>setup(context -> {
          var local = new LocalShards(context);
          local.host(Counter.KIND, (id, passivate) -> Counter.create(id, passivate, book));
          hosted.complete(local);
          return Behaviors.empty();
        }));
    return hosted.join();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Override
  Shards shards() {
    return shards;
  }

  @Override
  <T> TestProbe<T> probe(Class<T> type) {
    return kit.createTestProbe(type);
  }

  @Test
  void aKindThatIsNotHostedIsReportedAtOnce() {
    var nobody = Kind.entities("nobody", Counter.Message.class, new Counter.Stop());
    assertThatIllegalStateException()
        .isThrownBy(() -> shards().tell(nobody, "a", new Counter.Leave()))
        .withMessageContaining("nobody");
  }
}
