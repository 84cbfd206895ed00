package dev.stepwell.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.shard.Shards;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final SlotTimes TIMES =
      new SlotTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
  private static final AtomicInteger TESTS = new AtomicInteger();

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  pekko.actor.testkit.typed.single-expect-default = 20 s
                  pekko.actor.serialization-bindings."dev.stepwell.engine.wire.Message" = jackson-cbor
                  """)
              .withFallback(PersistenceTestKitPlugin.config())
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(ConfigFactory.load()));
  private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());

  private final String id = "digest|customer-" + TESTS.incrementAndGet();
  private final HandTime time = new HandTime(NOON);
  private final TestProbe<Slots.Granted> granted = KIT.createTestProbe(Slots.Granted.class);
  private final AtomicInteger passivations = new AtomicInteger();

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
  void idleSlotsAreClosedAndTheNextLifeGrantsAtOnce() {
    var first = start();
    first.tell(acquire("a"));
    granted.expectMessage(new Slots.Granted(id, "a", 1));
    first.tell(new Slots.Release("a"));
    await()
        .until(() -> {
          time.advance(Duration.ofSeconds(5));
          return passivations.get() > 0;
        });
    first.tell(new Slots.Stop());
    granted.expectTerminated(first);
    assertThat(facts()).isEqualTo(2);

    start().tell(acquire("b"));

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
  void messagesTravelBetweenNodes() {
    var travel = KIT.serializationTestKit();
    travel.verifySerialization(acquire("a"), true);
    travel.verifySerialization(renew("a"), true);
    travel.verifySerialization(new Slots.Release("a"), true);
    travel.verifySerialization(new Slots.Granted(id, "a", 1), true);
  }

  private int facts() {
    return JOURNAL.persistedInStorage("slots|" + id).size();
  }

  private ActorRef<Slots.Message> start() {
    Shards.Passivate<Slots.Message> passivate = _ -> passivations.incrementAndGet();
    return KIT.spawn(Slots.create(id, time, TIMES, passivate));
  }

  private Slots.Acquire acquire(String holder) {
    return new Slots.Acquire(holder, 7, 1, 1, granted.getRef());
  }

  private Slots.Renew renew(String holder) {
    return new Slots.Renew(holder, 7, 1, 2, granted.getRef());
  }
}
