package dev.stepwell.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wire.Message;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlotKeeperTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Ulid RUN = Ulid.of(5_000, 1, 1);

  /** Takes what would go to the slots. */
  private static final class Told implements Shards {
    private final LinkedBlockingQueue<Object> messages = new LinkedBlockingQueue<>();

    @Override
    public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
      throw new IllegalStateException("nothing is hosted here");
    }

    @Override
    public <M> void tell(Kind<M> kind, String id, M message) {
      messages.add(message);
    }

    @Override
    public <M, A extends Message> CompletionStage<A> ask(
        Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
      throw new IllegalStateException("nothing is asked here");
    }

    <M> M next(Class<M> kind) throws InterruptedException {
      return kind.cast(messages.poll(10, TimeUnit.SECONDS));
    }
  }

  private static final ActorTestKit KIT = ActorTestKit.create();

  private final HandTime time = new HandTime(NOON);
  private final Told told = new Told();
  private final NodeSlots slots =
      new NodeSlots(KIT.spawn(SlotKeeper.create("node", told, time, SlotTimes.DEFAULT)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aSlotIsHandedOutWhenItIsGrantedAndGivenBackWhenReleased() throws Exception {
    var acquired = acquire();
    var asked = told.next(Slots.Acquire.class);
    assertThat(asked.order()).isEqualTo(5_000);
    assertThat(asked.limit()).isEqualTo(3);
    assertThat(asked.holder()).contains(RUN + "/charge");
    assertThat(acquired).isNotDone();

    grant(asked);
    get(acquired).release();

    assertThat(told.next(Slots.Release.class).holder()).isEqualTo(asked.holder());
  }

  @Test
  void aLostQuestionIsAskedAgain() throws Exception {
    var acquired = acquire();
    told.next(Slots.Acquire.class);

    awaitAlarm();
    time.advance(Duration.ofSeconds(2));
    grant(told.next(Slots.Acquire.class));

    assertThat(get(acquired)).isNotNull();
  }

  @Test
  void aHeldSlotIsRenewed() throws Exception {
    var acquired = acquire();
    grant(told.next(Slots.Acquire.class));
    get(acquired);

    awaitAlarm();
    time.advance(Duration.ofSeconds(2));

    assertThat(told.next(Slots.Renew.class)).isNotNull();
  }

  @Test
  void whoeverGivesUpBeforeTheGrantLeavesTheQueue() throws Exception {
    var acquired = acquire();
    var asked = told.next(Slots.Acquire.class);

    acquired.cancel(true);

    assertThat(told.next(Slots.Release.class).holder()).isEqualTo(asked.holder());
    grant(asked);
    assertThat(told.next(Slots.Release.class).holder()).isEqualTo(asked.holder());
  }

  @Test
  void aSlotThatCannotBeKeptIsLostAndClaimedAnew() throws Exception {
    var acquired = acquire();
    var first = told.next(Slots.Acquire.class);
    grant(first);
    var slot = get(acquired);

    await()
        .until(() -> {
          time.advance(Duration.ofMillis(100));
          return slot.lost().toCompletableFuture().isDone();
        });

    var release = nextOf(Slots.Release.class);
    assertThat(release.holder()).isEqualTo(first.holder());
    var anew = nextOf(Slots.Acquire.class);
    assertThat(anew.holder()).isNotEqualTo(first.holder());
    slot.release();
    assertThat(nextOf(Slots.Release.class).holder()).isEqualTo(anew.holder());
  }

  @Test
  void nothingTicksWhenNothingIsClaimed() throws Exception {
    var acquired = acquire();
    grant(told.next(Slots.Acquire.class));
    get(acquired).release();
    told.next(Slots.Release.class);

    await()
        .until(() -> {
          time.advance(Duration.ofSeconds(2));
          return time.alarms() == 0;
        });

    assertThat(told.messages).isEmpty();
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> slots.acquire("f|k", 0, RUN, "charge"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  @Test
  void differentKeysHaveDifferentSlots() {
    var longKey = "k".repeat(1_000);

    assertThat(NodeSlots.slotId("f", "k")).isEqualTo("f|k");
    assertThat(NodeSlots.slotId("f", longKey)).hasSizeLessThan(200);
    assertThat(NodeSlots.slotId("f", longKey)).isNotEqualTo(NodeSlots.slotId("f", longKey + "k"));
  }

  private CompletableFuture<Slot> acquire() {
    return slots.acquire("f|k", 3, RUN, "charge");
  }

  private static void grant(Slots.Acquire asked) {
    asked.replyTo().tell(new Slots.Granted("f|k", asked.holder(), asked.askedAtMillis()));
  }

  private static Slot get(CompletableFuture<Slot> acquired) throws Exception {
    return acquired.get(10, TimeUnit.SECONDS);
  }

  private void awaitAlarm() {
    await().until(() -> time.alarms() > 0);
  }

  private <M> M nextOf(Class<M> kind) throws InterruptedException {
    var message = told.next(Object.class);
    while (!kind.isInstance(message)) {
      message = told.next(Object.class);
    }
    return kind.cast(message);
  }
}
