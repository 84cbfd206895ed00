package dev.stepwell.engine.timer;

import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.TimerStore.Row;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TimersTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private record Delivery(Timer timer, long token, ActorRef<Answer> replyTo, Instant at) {
    void settle() {
      replyTo.tell(new Answer.Settled(token));
    }
  }

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
              """
              pekko.actor.testkit.typed.single-expect-default = 20 s
              pekko.actor.serialization-bindings."dev.stepwell.engine.wire.Message" = jackson-cbor
              """));
  private final HandTime time = new HandTime(NOON);
  private final FaultyTimers store = new FaultyTimers(new MemoryStore().timers());
  private final LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final TestProbe<Timers.Stored> stored = KIT.createTestProbe(Timers.Stored.class);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void noTimerIsDeliveredBeforeItIsDue() throws Exception {
    var timers = start();
    var random = new Random(7);
    var missing = new HashSet<Timer>();
    for (var i = 0; i < 300; i++) {
      var timer = timer(i, NOON.plusMillis(random.nextInt(600_000)));
      missing.add(timer);
      timers.tell(new Timers.Set(timer, stored.getRef()));
    }
    stored.receiveSeveralMessages(300, Duration.ofSeconds(10));

    while (time.instant().isBefore(NOON.plusSeconds(601))) {
      time.advance(Duration.ofMillis(random.nextInt(5_000)));
    }

    while (!missing.isEmpty()) {
      var delivery = next();
      assertThat(delivery.at()).isAfterOrEqualTo(due(delivery));
      missing.remove(delivery.timer());
      delivery.settle();
    }
  }

  @Test
  void dueTimersAreDeliveredInTheOrderOfTheirInstants() throws Exception {
    var timers = start();
    var random = new Random(8);
    for (var i = 0; i < 400; i++) {
      set(timers, timer(i, NOON.plusMillis(1 + random.nextInt(50_000))));
    }

    time.advance(Duration.ofSeconds(50));

    var first = new LinkedHashSet<Timer>();
    while (first.size() < 400) {
      first.add(next().timer());
    }
    assertThat(first).extracting(Timer::dueAtMillis).isSorted();
  }

  @Test
  void anUnsettledTimerIsDeliveredAgainInTheNextLife() throws Exception {
    var timer = timer(1, NOON.plusSeconds(5));
    var first = start();
    set(first, timer);
    time.advance(Duration.ofSeconds(5));
    assertThat(next().timer()).isEqualTo(timer);

    KIT.stop(first);
    start();

    assertThat(next().timer()).isEqualTo(timer);
  }

  @Test
  void aSettledTimerIsNotDeliveredInTheNextLife() throws Exception {
    var first = start();
    set(first, timer(1, NOON.plusSeconds(5)));
    time.advance(Duration.ofSeconds(5));
    next().settle();
    awaitRows(0);

    KIT.stop(first);
    var marker = timer(2, NOON);
    set(start(), marker);

    assertThat(next().timer()).isEqualTo(marker);
  }

  @Test
  void aTimerThatIsOnlyAcceptedIsDeliveredAgainWithTheSameToken() throws Exception {
    var timers = start();
    set(timers, timer(1, NOON));
    var first = next();
    first.replyTo().tell(new Answer.Accepted(first.token()));

    time.advance(Duration.ofMillis(999));
    assertThat(deliveries).isEmpty();
    time.advance(Duration.ofMillis(1));

    assertThat(next().token()).isEqualTo(first.token());
  }

  @Test
  void hurryDeliversTheUnsettledAtOnce() throws Exception {
    var timers = start();
    set(timers, timer(1, NOON));
    var first = next();

    timers.tell(new Timers.Hurry());

    assertThat(next().token()).isEqualTo(first.token());
  }

  @Test
  void oneHundredThousandTimersDueAtOnceAreAllDeliveredAFewAtATime() throws Exception {
    var rows = new ArrayList<Row>();
    for (var i = 0; i < 100_000; i++) {
      rows.add(TimerCodec.row(timer(i, NOON.minusSeconds(1))));
    }
    store.put(0, rows).toCompletableFuture().get();
    var open = new AtomicInteger();
    var openMax = new AtomicInteger();

    KIT.spawn(
        Timers.create(
            0,
            store,
            time,
            (timer, token, replyTo) -> {
              openMax.accumulateAndGet(open.incrementAndGet(), Math::max);
              deliveries.add(new Delivery(timer, token, replyTo, time.instant()));
            }));
    var seen = new HashSet<Timer>();
    while (seen.size() < 100_000) {
      var delivery = next();
      assertThat(seen.add(delivery.timer())).isTrue();
      open.decrementAndGet();
      delivery.settle();
    }

    assertThat(openMax).hasValueLessThanOrEqualTo(Timers.UNSETTLED_MAX);
    assertThat(store.limitMax()).isLessThan(3 * Timers.PAGE);
    awaitRows(0);
  }

  @Test
  void aTimerOfNextWeekCostsTwoRingsAndRingsInTime() throws Exception {
    var timers = start();
    set(timers, timer(1, NOON.plus(WEEK)));

    time.advance(WEEK.minusMillis(1));
    assertThat(deliveries).isEmpty();
    awaitAlarms(1);
    time.advance(Duration.ofMillis(1));

    assertThat(next().at()).isEqualTo(NOON.plus(WEEK));
    assertThat(time.rings()).isLessThanOrEqualTo(2);
  }

  @Test
  void nothingIsSetWhenNothingIsToBeDone() throws Exception {
    var timers = start();
    set(timers, timer(1, NOON));
    next().settle();

    awaitRows(0);
    await()
        .until(() -> {
          time.advance(Duration.ofSeconds(1));
          return time.alarms() == 0;
        });
  }

  @Test
  void whileOnePutIsUnderWayTheNextGathers() {
    var timers = start();
    set(timers, timer(0, NOON.plus(WEEK)));
    store.hold();
    for (var i = 1; i <= 26; i++) {
      timers.tell(new Timers.Set(timer(i, NOON.plus(WEEK)), stored.getRef()));
    }
    await().until(() -> store.putSizes().size() == 2);
    stored.expectNoMessage(Duration.ZERO);

    store.letGo();
    stored.receiveSeveralMessages(26);

    assertThat(store.putSizes()).hasSize(3).startsWith(1, 1).endsWith(25);
  }

  @Test
  void aFailedPutIsTriedAgainBeforeItIsAnswered() {
    var timers = start();
    set(timers, timer(1, NOON.plus(WEEK)));
    store.failNext(2);

    timers.tell(new Timers.Set(timer(2, NOON.plus(WEEK)), stored.getRef()));
    awaitAlarmWithin(Duration.ofMillis(100));
    time.advance(Duration.ofMillis(100));
    awaitAlarmWithin(Duration.ofMillis(200));
    stored.expectNoMessage(Duration.ZERO);
    time.advance(Duration.ofMillis(200));

    stored.expectMessage(new Timers.Stored(timer(2, NOON.plus(WEEK))));
    assertThat(store.putSizes()).hasSize(4);
  }

  @Test
  void aFailedLoadIsTriedAgain() throws Exception {
    store.put(0, List.of(TimerCodec.row(timer(1, NOON)))).toCompletableFuture().get();
    store.failNext(1);
    start();

    awaitAlarmWithin(Duration.ofMillis(100));
    time.advance(Duration.ofMillis(100));

    assertThat(next().timer()).isEqualTo(timer(1, NOON));
  }

  @Test
  void aCancelledTimerIsNotDelivered() throws Exception {
    var timers = start();
    set(timers, timer(1, NOON.plusSeconds(5)));
    set(timers, timer(2, NOON.plusSeconds(6)));

    timers.tell(new Timers.Cancel(timer(1, NOON.plusSeconds(5))));
    set(timers, timer(3, NOON.plusSeconds(7)));
    time.advance(Duration.ofSeconds(7));

    assertThat(next().timer()).isEqualTo(timer(2, NOON.plusSeconds(6)));
    awaitRows(2);
  }

  @Test
  void aRowThatNobodyCanReadDoesNotKeepTheOthersFromRinging() throws Exception {
    var corrupt = new Row(NOON.toEpochMilli(), "a", new byte[] {99});
    store.put(0, List.of(corrupt, TimerCodec.row(timer(1, NOON)))).toCompletableFuture().get();

    start();

    assertThat(next().timer()).isEqualTo(timer(1, NOON));
  }

  private ActorRef<Timers.Message> start() {
    return KIT.spawn(
        Timers.create(
            0,
            store,
            time,
            (timer, token, replyTo) ->
                deliveries.add(new Delivery(timer, token, replyTo, time.instant()))));
  }

  private void set(ActorRef<Timers.Message> timers, Timer timer) {
    timers.tell(new Timers.Set(timer, stored.getRef()));
    stored.expectMessage(new Timers.Stored(timer));
  }

  private Delivery next() throws InterruptedException {
    var delivery = deliveries.poll(10, TimeUnit.SECONDS);
    assertThat(delivery).as("a delivery").isNotNull();
    return delivery;
  }

  private void awaitAlarms(int count) {
    await().until(() -> time.alarms() == count);
  }

  private void awaitAlarmWithin(Duration pause) {
    await().until(() -> time.hasAlarmUntil(time.instant().plus(pause)));
  }

  private void awaitRows(int count) {
    await()
        .until(() -> {
          time.advance(Duration.of(200, MILLIS));
          return rows().size() == count;
        });
  }

  private List<Row> rows() throws Exception {
    return store
        .between(0, 0, Long.MAX_VALUE, 1_000_000)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static Timer timer(int number, Instant due) {
    return new Timer(new Target.OfRun(Ulid.of(1, 0, number), "step"), due.toEpochMilli());
  }

  private static Instant due(Delivery delivery) {
    return Instant.ofEpochMilli(delivery.timer().dueAtMillis());
  }
}
