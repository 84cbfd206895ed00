package dev.stepwell.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.EngineStart;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a cluster of one node. */
class ClusterShardsTest extends ShardsContract {

  private static final int SHARDS = 8;

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.loglevel = OFF")
              .withFallback(EngineStart.configuration()));
  private final Shards shards = begin();

  private Shards begin() {
    var cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var clustered = new ClusterShards(kit.system(), SHARDS);
    clustered.host(Counter.KIND, (id, passivate) -> Counter.create(id, passivate, book));
    return clustered;
  }

  @AfterEach
  void stop() {
    shards.leave();
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
  void everyPartitionIsAShardOfItsOwn() {
    var kind =
        Kind.partitions(
            "partition", Counter.Message.class, new Counter.Stop(), new Counter.Leave());
    assertThat(IntStream.range(0, SHARDS).map(i -> kind.spread().applyAsInt(Integer.toString(i))))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void whatIsToldToAKindBeforeItIsHostedHereArrivesAfterwards() {
    var late = Kind.entities("late", Counter.Message.class, new Counter.Stop());
    TestProbe<Counter.Added> answers = probe(Counter.Added.class);
    shards.tell(late, "a", new Counter.Add(1, answers.getRef()));

    shards.host(late, (id, passivate) -> Counter.create(id, passivate, book));

    assertThat(answers.receiveMessage().number()).isEqualTo(1);
  }

  @Test
  void anActorThatMustAlwaysLiveIsRousedWhenItHasStopped() {
    var always =
        Kind.entities("always", Counter.Message.class, new Counter.Stop())
            .roused(new Counter.Add(2, probe(Counter.Added.class).getRef()));
    shards.host(always, (id, passivate) -> Counter.create(id, passivate, book));

    shards.tell(always, "a", new Counter.Leave());

    await().until(() -> book.added.contains("a/2"));
    assertThat(book.lives).hasValue(2);
  }
}
