package dev.stepwell.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.FaultyStore;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.StoreKit;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.TimerPartitions;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final SlotTimes TIMES =
      new SlotTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
  private static final AtomicInteger TESTS = new AtomicInteger();

  private static final FaultyStore STORE = new FaultyStore();
  private static final Journal JOURNAL = STORE.journal();
  private static final ActorTestKit KIT = StoreKit.create(STORE);

  private final String id = "digest|customer-" + TESTS.incrementAndGet();
  private final HandTime time = new HandTime(NOON);
  private final TestProbe<Slots.Granted> granted = KIT.createTestProbe(Slots.Granted.class);
  private final AtomicInteger passivations = new AtomicInteger();
  private final Reminders reminders = new Reminders();
  private final TestProbe<Answer> answers = KIT.createTestProbe(Answer.class);

  /** The timers: what is set, and whether that is answered. */
  private static final class Reminders implements Shards {
    private final Set<Timer> set = ConcurrentHashMap.newKeySet();
    private volatile boolean answer = true;

    @Override
    public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
      throw new IllegalStateException("nothing is hosted here");
    }

    @Override
    public <M> void tell(Kind<M> kind, String id, M message) {
      switch (message) {
        case Timers.Set(var timer, var replyTo) -> {
          set.add(timer);
          if (answer) {
            replyTo.tell(new Timers.Stored(timer));
          }
        }
        case Timers.Cancel(var timer) -> set.remove(timer);
        default -> throw new IllegalStateException("not for timers: " + message);
      }
    }

    @Override
    public <M, A extends Message> CompletionStage<A> ask(
        Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
      throw new IllegalStateException("nothing is asked here");
    }
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aNewActorGrantsAtOnceAndRemembersThatItDid() {
    var slots = start();

    slots.tell(acquire("a"));

    granted.expectMessage(new Slots.Granted(id, "a", 1));
    assertThat(facts()).isEqualTo(1);
  }

  @Test
  void afterACrashNothingIsGrantedForALeaseButHoldersAreTakenBack() {
    var first = start();
    first.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    KIT.stop(first);

    var second = start();
    second.tell(acquire("b"));
    second.tell(renew("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 2));
    second.tell(new Slots.Release("a"));
    second.tell(renew("b-who-holds-too"));
    granted.expectMessage(new Slots.Granted(id, "b-who-holds-too", 2));
    second.tell(new Slots.Release("b-who-holds-too"));
    time.advance(Duration.ofMillis(4_999));
    second.tell(acquire("b"));
    second.tell(renew("c"));
    granted.expectMessage(new Slots.Granted(id, "c", 2));
    second.tell(new Slots.Release("c"));
    await().until(() -> time.hasAlarmUntil(NOON.plusSeconds(5)));
    time.advance(Duration.ofMillis(1));

    granted.expectMessage(new Slots.Granted(id, "b", 1));
  }

  @Test
  void nothingIsLeftOfSlotsThatNobodyWantsAndTheNextLifeGrantsAtOnce() {
    for (var life = 1; life <= 3; life++) {
      var slots = start();
      slots.tell(acquire("a"));
      granted.expectMessage(new Slots.Granted(id, "a", 1));
      assertThat(facts()).isEqualTo(1);
      slots.tell(new Slots.Release("a"));
      var lives = life;
      await()
          .until(() -> {
            time.advance(Duration.ofSeconds(5));
            return passivations.get() >= lives;
          });
      assertThat(passivations).as("asked for once").hasValue(lives);
      slots.tell(new Slots.Stop());
      granted.expectTerminated(slots);
      assertThat(facts()).isZero();
      assertThat(reminders.set).isEmpty();
    }
  }

  @Test
  void whileItForgetsNothingIsGrantedAndNobodyElseWrites() {
    var asked = new CompletableFuture<Void>();
    var goOn = new CompletableFuture<Void>();
    var first =
        start(facts -> {
          asked.complete(null);
          return goOn.thenCompose(_ -> forget(facts));
        });
    first.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    first.tell(new Slots.Release("a"));
    first.tell(new Slots.Stop());

    first.tell(acquire("b"));
    granted.expectNoMessage(Duration.ofMillis(100));
    asked.join();
    goOn.complete(null);

    granted.expectTerminated(first);
    assertThat(facts()).isZero();
  }

  @Test
  void anActorThatCannotForgetStopsAndTheNextLifeWaitsForALease() {
    var first =
        start(_ -> CompletableFuture.failedStage(new IllegalStateException("disk on fire")));
    first.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    first.tell(new Slots.Release("a"));
    first.tell(new Slots.Stop());
    granted.expectTerminated(first);

    var second = start();
    await().until(() -> time.alarms() > 0);
    second.tell(acquire("b"));
    granted.expectNoMessage(Duration.ofMillis(100));
    time.advance(Duration.ofSeconds(5));
    second.tell(acquire("b"));

    granted.expectMessage(new Slots.Granted(id, "b", 1));
  }

  @Test
  void anActorThatIsStoppedWhileASlotIsHeldDoesNotClose() {
    var first = start();
    first.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));

    first.tell(new Slots.Stop());
    granted.expectTerminated(first);

    assertThat(facts()).isEqualTo(1);
  }

  @Test
  void anActorThatIsStoppedBeforeALeaseHasGoneByDoesNotClose() {
    var first = start();
    first.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    KIT.stop(first);

    var second = start();
    second.tell(new Slots.Stop());
    granted.expectTerminated(second);

    assertThat(facts()).isEqualTo(1);
  }

  @Test
  void aSilentHoldersSlotIsGrantedToTheNext() {
    var slots = start();
    slots.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    await().until(() -> time.hasAlarmUntil(NOON.plusSeconds(5)));
    time.advance(Duration.ofSeconds(2));
    slots.tell(acquire("b"));
    time.advance(Duration.ofSeconds(3));

    granted.expectMessage(new Slots.Granted(id, "b", 1));
  }

  @Test
  void nothingIsStoredOrGrantedBeforeTheReminderIsStored() {
    reminders.answer = false;
    var slots = start();
    slots.tell(acquire("a"));
    slots.tell(acquire("b"));
    slots.tell(new Slots.Release("b"));
    granted.expectNoMessage(Duration.ofMillis(100));
    assertThat(facts()).isZero();
    assertThat(reminders.set).containsExactly(reminder(NOON.plus(Duration.ofHours(1))));

    reminders.answer = true;
    slots.tell(acquire("a"));

    granted.expectMessage(new Slots.Granted(id, "a", 1));
    assertThat(facts()).isEqualTo(1);
    assertThat(reminders.set).hasSize(1);
  }

  @Test
  void whatACrashLeftIsForgottenOnceAReminderComes() {
    var first = start();
    first.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    KIT.stop(first);
    time.advance(Duration.ofHours(1));

    var second = start();
    second.tell(new Slots.Reminder(7, answers.getRef()));
    answers.expectMessage(new Answer.Settled(7));
    await()
        .until(() -> {
          time.advance(Duration.ofSeconds(5));
          return passivations.get() > 0;
        });
    second.tell(new Slots.Stop());
    granted.expectTerminated(second);

    assertThat(facts()).isZero();
    assertThat(reminders.set)
        .as("the one that has come is the timers' own to forget")
        .containsExactly(reminder(NOON.plus(Duration.ofHours(1))));
  }

  @Test
  void aReminderIsSettledOnceALaterOneIsStored() {
    var slots = start();
    slots.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    time.advance(Duration.ofHours(1));
    slots.tell(acquire("a"));
    granted.receiveMessage();
    reminders.answer = false;
    slots.tell(new Slots.Reminder(7, answers.getRef()));
    answers.expectNoMessage(Duration.ofMillis(100));
    assertThat(reminders.set).contains(reminder(NOON.plus(Duration.ofHours(2))));

    reminders.answer = true;
    slots.tell(new Slots.Reminder(7, answers.getRef()));

    answers.expectMessage(new Answer.Settled(7));
    assertThat(reminders.set).hasSize(2);
  }

  @Test
  void aReminderOfWhatIsForgottenIsSettledAtOnce() {
    start().tell(new Slots.Reminder(7, answers.getRef()));

    answers.expectMessage(new Answer.Settled(7));
    assertThat(reminders.set).isEmpty();
  }

  private long facts() {
    return JOURNAL.highestSequenceNr("slots|" + id).toCompletableFuture().join();
  }

  private static CompletionStage<Void> forget(String persistenceId) {
    return JOURNAL.purge(List.of(persistenceId));
  }

  private Timer reminder(Instant at) {
    return new Timer(new Target.OfSlots(id), at.toEpochMilli());
  }

  private ActorRef<Slots.Message> start() {
    return start(SlotsTest::forget);
  }

  private ActorRef<Slots.Message> start(Slots.Forget forget) {
    Shards.Passivate<Slots.Message> passivate = _ -> passivations.incrementAndGet();
    return KIT.spawn(
        Slots.create(id, forget, new TimerPartitions(reminders, 1), time, TIMES, passivate));
  }

  private Slots.Acquire acquire(String holder) {
    return new Slots.Acquire(holder, 7, 1, 1, granted.getRef());
  }

  private Slots.Renew renew(String holder) {
    return new Slots.Renew(holder, 7, 1, 2, granted.getRef());
  }
}
