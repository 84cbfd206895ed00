package dev.stepwell.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.TestNode;
import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.fact.StateAdapter;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts are deleted once a snapshot holds what they led to, by number or by age. */
final class TrimmerTest {

  private static final String ID = "sum|0";
  private static final int FACTS_MAX = 10;

  private final HandTime time = new HandTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final TestNode node = new TestNode();
  private final TestProbe<Long> sums = node.kit().createTestProbe(Long.class);
  private ActorRef<Long> sum = spawn();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void deletesFactsOnceThereAreTooMany() {
    add(FACTS_MAX - 1);
    assertThat(facts()).hasSize(FACTS_MAX - 1);

    add(1);
    awaitFacts();
    assertThat(sumAfterCrash()).isEqualTo(FACTS_MAX);
  }

  @Test
  void deletesFactsAnHourAfterTheFirst() {
    add(1);
    time.advance(Duration.ofMinutes(59));
    add(1);
    assertThat(facts()).hasSize(2);

    time.advance(Duration.ofMinutes(1));
    awaitFacts();
    assertThat(sumAfterCrash()).isEqualTo(2);
  }

  @Test
  void deletesInItsNextLifeWhatItDidNotInThisOne() {
    add(FACTS_MAX - 1);
    assertThat(sumAfterCrash()).isEqualTo(FACTS_MAX - 1);
    assertThat(facts()).hasSize(FACTS_MAX - 1);

    add(1);
    awaitFacts();
    assertThat(sumAfterCrash()).isEqualTo(FACTS_MAX);
  }

  @Test
  void keepsTheFactsThatFollowTheSnapshot() {
    add(FACTS_MAX);
    awaitFacts();
    add(3);

    assertThat(facts()).containsExactly(FACTS_MAX + 1L, FACTS_MAX + 2L, FACTS_MAX + 3L);
    assertThat(sumAfterCrash()).isEqualTo(FACTS_MAX + 3);
  }

  @Test
  void keepsOneSnapshot() {
    for (var i = 0; i < 5; i++) {
      add(FACTS_MAX);
      awaitFacts();
    }
    var journal = node.memory().journal();
    assertThat(journal.loadSnapshot(ID, 4 * FACTS_MAX).toCompletableFuture().join()).isEmpty();
    assertThat(journal.loadSnapshot(ID, 5 * FACTS_MAX).toCompletableFuture().join()).isPresent();
  }

  private void add(int count) {
    for (var i = 0; i < count; i++) {
      sum.tell(1L);
      sums.receiveMessage();
    }
  }

  private long sumAfterCrash() {
    node.kit().stop(sum);
    sum = spawn();
    sum.tell(0L);
    return sums.receiveMessage();
  }

  private ActorRef<Long> spawn() {
    LongConsumer tell = value -> sums.getRef().tell(value);
    return node.kit().spawn(Sum.create(node, time, tell));
  }

  private void awaitFacts() {
    sums.awaitAssert(() -> {
      assertThat(facts()).isEmpty();
      return null;
    });
  }

  private List<Long> facts() {
    var numbers = new ArrayList<Long>();
    node.memory()
        .journal()
        .replay(ID, 1, Long.MAX_VALUE, Long.MAX_VALUE, entry -> numbers.add(entry.sequenceNr()))
        .toCompletableFuture()
        .join();
    return numbers;
  }

  /** Adds up what it is told, and tells the sum; 0 changes nothing. */
  private static final class Sum extends EventSourcedBehavior<Long, Long, Long> {

    private static final long TRIM = -1;

    private static final Codec<Long> CODEC =
        new Codec<>() {
          @Override
          public byte[] encode(Long value) {
            return new Bytes.Writer(8).number(value).toBytes();
          }

          @Override
          public Long decode(byte[] bytes) {
            return new Bytes.Reader(bytes).number();
          }
        };

    private final ActorContext<Long> context;
    private final LongConsumer tell;
    private final Trimmer<Long> trimmer;

    private Sum(ActorContext<Long> context, TestNode node, HandTime time, LongConsumer tell) {
      super(PersistenceId.ofUniqueId(ID));
      this.context = context;
      this.tell = tell;
      this.trimmer =
          Trimmer.create(
              node.kit().system(), time, ID, CODEC, FACTS_MAX, () -> context.getSelf().tell(TRIM));
    }

    static Behavior<Long> create(TestNode node, HandTime time, LongConsumer tell) {
      return Behaviors.setup(context -> new Sum(context, node, time, tell));
    }

    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public CommandHandler<Long, Long, Long> commandHandler() {
      return (sum, more) -> {
        if (more == TRIM) {
          return Effect().none().thenRun(() -> trimmer.rang(sum, lastSequenceNumber(context)));
        }
        if (more == 0) {
          return Effect().none().thenRun(() -> tell.accept(sum));
        }
        return Effect()
            .persist(more)
            .thenRun((Long now) -> trimmer.stored(now, lastSequenceNumber(context)))
            .thenRun(tell::accept);
      };
    }

    @Override
    public EventHandler<Long, Long> eventHandler() {
      return (sum, more) -> {
        trimmer.applied();
        return sum + more;
      };
    }

    @Override
    public SignalHandler<Long> signalHandler() {
      return newSignalHandlerBuilder()
          .onSignal(
              RecoveryCompleted.instance(), sum -> trimmer.stored(sum, lastSequenceNumber(context)))
          .onSignal(PostStop.instance(), _ -> trimmer.end())
          .build();
    }

    @Override
    public EventAdapter<Long, byte[]> eventAdapter() {
      return new FactAdapter<>(CODEC);
    }

    @Override
    public SnapshotAdapter<Long> snapshotAdapter() {
      return new StateAdapter<>(CODEC);
    }
  }
}
