package dev.stepwell.engine.wait;

import static dev.stepwell.engine.wait.Samples.HOUR;
import static dev.stepwell.engine.wait.Samples.NOON;
import static dev.stepwell.engine.wait.Samples.lookingBack;
import static dev.stepwell.engine.wait.Samples.paid;
import static dev.stepwell.engine.wait.Samples.waitFor;
import static dev.stepwell.engine.wait.Samples.waitForSignal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a partition does before it says that a wait is over without an event. */
class WaitEndTest {

  private static final long END = NOON + HOUR;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Wait WAIT = lookingBack(waitFor(1, "a", 7), NOON);
  private static final Event EARLY = paid(100, 7, NOON + 1);
  private static final Event LATE = paid(101, 7, END - 1);

  private final HandTime time = new HandTime(Instant.ofEpochMilli(NOON));
  private final World world = new World();
  private WaitsLife life = new WaitsLife(time, world);
  private final TestInbox<Waits.Registered> registered = TestInbox.create();
  private final TestInbox<Answer> answers = TestInbox.create();
  private WaitsState state = WaitsState.EMPTY;

  private record Read(Pursuit pursuit, LookBack lookBack) {}

  private record Delivered(Event event, long token) {}

  /** All that the partition reaches, in the hands of the test. */
  private static final class World implements WaitsLife.Outside {
    final Queue<Waits.Message> self = new ArrayDeque<>();
    final List<Long> closings = new ArrayList<>();
    final Queue<Read> reads = new ArrayDeque<>();
    final Queue<Delivered> deliveries = new ArrayDeque<>();

    @Override
    public void tellSelf(Waits.Message message) {
      self.add(message);
    }

    @Override
    public void ensure(ActivePaths.Path path) {
      self.add(new Waits.PathIsActive(new WaitPaths.Active(path.event(), path.path(), NOON)));
    }

    @Override
    public void close(long untilMillis) {
      closings.add(untilMillis);
    }

    @Override
    public void read(Pursuit pursuit, LookBack lookBack) {
      reads.add(new Read(pursuit, lookBack));
    }

    @Override
    public void deliver(Wait wait, Event event, long token) {
      deliveries.add(new Delivered(event, token));
    }
  }

  private void tell(Waits.Message message) {
    world.self.add(message);
    for (var next = world.self.poll(); next != null; next = world.self.poll()) {
      var facts = life.on(state, next);
      for (var fact : facts) {
        state = state.apply(fact);
      }
      if (!facts.isEmpty()) {
        life.stored(state, facts);
      }
    }
  }

  private void register(Wait wait, boolean over) {
    tell(new Waits.Register(wait, over, registered.getRef()));
  }

  private void offer(Event event) {
    tell(new Waits.Offer(event, 1, answers.getRef()));
  }

  private void closed(long untilMillis) {
    tell(new Waits.LogIsClosed(new LogClosing.Closed(untilMillis)));
  }

  /** Answers the search that is under way. */
  private void found(Event... events) {
    var read = world.reads.remove();
    tell(new Waits.PageRead(read.pursuit(), read.lookBack(), List.of(events)));
  }

  /** Answers the search, page by page, with nothing. */
  private void foundNothing() {
    while (!world.reads.isEmpty()) {
      found();
    }
  }

  private void decline(Event event) {
    var delivered = world.deliveries.remove();
    assertThat(delivered.event()).isEqualTo(event);
    tell(new Waits.RunAnswered(new Answer.Declined(delivered.token())));
  }

  private static Waits.Registered answer(boolean over, boolean matched) {
    return new Waits.Registered(WAIT.run(), WAIT.step(), over, matched, Optional.empty());
  }

  private void turnToEnd() {
    time.advance(Duration.ofMillis(END - time.millis()));
    tell(new Waits.Tick());
  }

  /** Time goes by, and what is due for it is done, within a second. */
  private void pass(Duration by) {
    for (var left = by; left.isPositive(); left = left.minus(SECOND)) {
      time.advance(left.compareTo(SECOND) < 0 ? left : SECOND);
      tell(new Waits.Tick());
    }
  }

  /** The process dies, and another takes up the work after a while. */
  private void absence(Duration length) {
    life.end();
    world.self.clear();
    time.advance(length);
    life = new WaitsLife(time, world);
    life.begin(state);
  }

  @BeforeEach
  void theWaitIsRegistered() {
    register(WAIT, false);
    foundNothing();
    assertThat(registered.receiveMessage()).isEqualTo(answer(false, false));
    turnToEnd();
  }

  @Test
  void theLogIsClosedBeforeTheSearchBegins() {
    register(WAIT, true);
    assertThat(world.closings).containsExactly(END);
    assertThat(world.reads).isEmpty();

    closed(END);
    found(LATE);

    assertThat(world.deliveries).extracting(Delivered::event).containsExactly(LATE);
    assertThat(registered.hasMessages()).isFalse();
  }

  @Test
  void theLogThatIsClosedNearlyUpToTheEndIsNotClosed() {
    register(WAIT, true);
    closed(END - 1);
    assertThat(world.reads).isEmpty();

    closed(END);
    foundNothing();

    assertThat(registered.receiveMessage()).isEqualTo(answer(true, false));
  }

  @Test
  void whatHasEndedBeforeTheLogWasClosedNeedsNoOtherClosing() {
    register(WAIT, true);
    closed(END + 5);
    foundNothing();
    registered.receiveMessage();

    register(WAIT, true);
    foundNothing();

    assertThat(world.closings).containsExactly(END);
    assertThat(registered.receiveMessage()).isEqualTo(answer(true, false));
  }

  @Test
  void whatIsOfferedWhileTheLogIsBeingClosedIsDeliveredAtOnce() {
    register(WAIT, true);
    offer(LATE);
    var delivered = world.deliveries.remove();
    tell(new Waits.RunAnswered(new Answer.Accepted(delivered.token())));

    assertThat(registered.receiveMessage()).isEqualTo(answer(true, true));
  }

  @Test
  void whatIsOfferedWhileTheLogIsBeingClosedAndDeclinedLeavesTheSearchToBeMade() {
    register(WAIT, true);
    offer(LATE);
    decline(LATE);
    assertThat(registered.hasMessages()).isFalse();

    closed(END);
    foundNothing();

    assertThat(registered.receiveMessage()).isEqualTo(answer(true, false));
  }

  @Test
  void aWaitWhoseTimeEndsWhileItIsSearchedIsSearchedOnceMore() {
    register(WAIT, false);
    register(WAIT, true);
    foundNothing();
    assertThat(registered.hasMessages()).isFalse();

    closed(END);
    found(LATE);

    assertThat(world.deliveries).extracting(Delivered::event).containsExactly(LATE);
  }

  @Test
  void aWaitWhoseTimeEndsWhileItIsSearchedIsSearchedOnceMoreIfItsRunDeclinesWhatIsFoundFirst() {
    register(WAIT, false);
    register(WAIT, true);
    found(EARLY);
    decline(EARLY);
    foundNothing();
    assertThat(registered.hasMessages()).isFalse();

    closed(END);
    found(EARLY, LATE);

    assertThat(world.deliveries).extracting(Delivered::event).containsExactly(LATE);
  }

  @Test
  void aWaitWhoseTimeEndsWhileItsRunIsAskedIsSearchedIfTheRunDeclines() {
    offer(EARLY);
    register(WAIT, true);
    decline(EARLY);
    assertThat(world.closings).containsExactly(END);

    closed(END);
    foundNothing();

    assertThat(registered.receiveMessage()).isEqualTo(answer(true, false));
  }

  @Test
  void aWaitWhoseEndIsLookedIntoIsNotForgotten() {
    register(WAIT, true);
    time.advance(Duration.ofMinutes(2));
    tell(new Waits.Sweep());
    assertThat(registered.hasMessages()).isFalse();

    closed(END);
    found(LATE);

    assertThat(world.deliveries).extracting(Delivered::event).containsExactly(LATE);
  }

  @Test
  void aWaitThatHasEndedWhileNobodyWasHereIsKeptForWhatIsOnItsWay() {
    absence(Duration.ofMinutes(2));
    pass(Duration.ofMillis(WaitsRules.GRACE_MILLIS - 1));
    assertThat(state.has(WAIT.id())).isTrue();

    offer(LATE);

    assertThat(world.deliveries).extracting(Delivered::event).containsExactly(LATE);
  }

  @Test
  void aWaitThatHasEndedWhileNobodyWasHereIsForgottenInTheEnd() {
    absence(Duration.ofMinutes(2));
    pass(Duration.ofMillis(2 * WaitsRules.GRACE_MILLIS));

    assertThat(state.has(WAIT.id())).isFalse();
  }

  @Test
  void theLogIsAskedAgainUntilItIsClosed() {
    register(WAIT, true);
    time.advance(Duration.ofSeconds(1));
    tell(new Waits.Hurry());
    assertThat(world.closings).containsExactly(END, END, END);

    closed(END);
    tell(new Waits.Hurry());

    assertThat(world.closings).hasSize(3);
  }

  @Test
  void aWaitForASignalNeedsNoLog() {
    var wait = waitForSignal(2, "go", "sig-1");
    register(wait, true);

    assertThat(registered.receiveMessage())
        .isEqualTo(new Waits.Registered(wait.run(), "go", true, false, Optional.empty()));
    assertThat(world.closings).isEmpty();
  }
}
