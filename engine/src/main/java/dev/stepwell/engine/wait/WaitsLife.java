package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One life of a partition, from recovery to its end: what it knows and plans beside its state.
 * Knows no journal and no mailbox: facts are handed over to be stored, and messages to itself to be
 * told.
 */
final class WaitsLife implements Pursuits.Writer {

  /** What a partition does to the world around it. */
  interface Outside {

    /** Puts a message into the partition's own mailbox; from any thread. */
    void tellSelf(Waits.Message message);

    /** Asks for a path to be made active. */
    void ensure(ActivePaths.Path path);

    /** Asks for the event log to be closed up to an instant. */
    void close(long untilMillis);

    /** Reads a page; {@link Waits.PageRead} or {@link Waits.PageMissed} follows. */
    void read(Pursuit pursuit, LookBack lookBack);

    void deliver(Wait wait, Event event, long token);
  }

  /** Facts that go to the journal as one write. */
  static final int WRITE_MAX = 1_000;

  private static final int EXPIRE_MAX = 1_000;
  private static final Duration WRITE_WITHIN = Duration.ofMillis(200);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Time time;
  private final Outside outside;
  private final ActivePaths paths;
  private final ClosedLog log;
  private final LookBacks lookBacks;
  private final Deliveries deliveries;
  private final Pursuits pursuits;
  private final Queue<WaitsFact> facts = new ArrayDeque<>();
  private final NextAlarm write;
  private final NextAlarm tick;
  private final NextAlarm sweep;
  private long sweepFromMillis;
  private boolean writeIsComing;
  private boolean sliceIsComing;

  WaitsLife(Time time, Outside outside) {
    this.time = time;
    this.outside = outside;
    paths = new ActivePaths(outside::ensure);
    log = new ClosedLog(outside::close);
    lookBacks = new LookBacks(outside::read);
    deliveries = new Deliveries(outside::deliver);
    pursuits = new Pursuits(time, this, paths, log, lookBacks, deliveries, new Offers());
    write = new NextAlarm(time, () -> outside.tellSelf(new Waits.Write()));
    tick = new NextAlarm(time, () -> outside.tellSelf(new Waits.Tick()));
    sweep = new NextAlarm(time, () -> outside.tellSelf(new Waits.Sweep()));
  }

  /** Takes up the work after recovery. */
  void begin(WaitsState state) {
    // Nobody was here: an event that came in time may be on its way again.
    sweepFromMillis = time.millis() + WaitsRules.GRACE_MILLIS;
    watchEnds(state);
  }

  /** Nothing reminds it of anything any more. */
  void end() {
    write.cancel();
    tick.cancel();
    sweep.cancel();
  }

  /**
   * Receives a message.
   *
   * @return facts to be stored now, as one write; then comes {@link #stored}, before any other
   *     message
   */
  List<WaitsFact> on(WaitsState state, Waits.Message message) {
    var batch =
        switch (message) {
          case Waits.Stop _ -> takeFacts(Integer.MAX_VALUE);
          case Waits.Write _ -> takeFacts(WRITE_MAX);
          // Of what is stored, not of what goes on.
          case Waits.Trim _ -> List.<WaitsFact>of();
          case Waits.Own own -> {
            onOwn(state, own);
            yield List.<WaitsFact>of();
          }
          case Waits.Request request -> {
            onRequest(state, request);
            yield List.<WaitsFact>of();
          }
        };
    proceed();
    return batch;
  }

  /** The facts are in the journal, and in {@code state}. */
  void stored(WaitsState state, List<WaitsFact> batch) {
    batch.forEach(fact -> pursuits.stored(state, fact));
    watchEnds(state);
    proceed();
  }

  @Override
  public void soon(WaitsFact fact) {
    facts.add(fact);
    if (!writeIsComing) {
      writeIsComing = true;
      outside.tellSelf(new Waits.Write());
    }
  }

  @Override
  public void sometime(WaitsFact fact) {
    facts.add(fact);
    write.noLaterThan(time.instant().plus(WRITE_WITHIN));
  }

  private void onRequest(WaitsState state, Waits.Request request) {
    switch (request) {
      case Waits.Register(var wait, var over, var replyTo) ->
          pursuits.register(state, wait, over, replyTo);
      case Waits.Remove(var run, var step, var replyTo) ->
          pursuits.remove(state, new Wait.Id(run, step), Optional.of(replyTo));
      case Waits.Offer(var event, var token, var replyTo) ->
          pursuits.offer(state, event, token, replyTo);
      case Waits.Signal(var signal, var data, var replyTo) ->
          pursuits.signal(state, signal, asEvent(data), replyTo);
      case Waits.Hurry _ -> hurry();
    }
  }

  private void onOwn(WaitsState state, Waits.Own own) {
    switch (own) {
      case Waits.Slice _ -> sliceIsComing = false;
      case Waits.Tick _ -> tick();
      case Waits.Sweep _ -> sweep(state);
      case Waits.RunAnswered(var answer) -> onAnswer(state, answer);
      case Waits.PathIsActive(WaitPaths.Active(var event, var path, var sinceMillis)) ->
          pursuits.activated(state, new ActivePaths.Path(event, path), sinceMillis);
      case Waits.LogIsClosed(LogClosing.Closed(var until)) -> pursuits.closed(state, until);
      case Waits.PageRead(var pursuit, var lookBack, var page) -> {
        lookBacks.answered();
        pursuits.read(state, pursuit, lookBack, page);
      }
      case Waits.PageMissed(var pursuit) -> lookBacks.failed(pursuit);
    }
  }

  private void onAnswer(WaitsState state, Answer answer) {
    switch (answer) {
      case Answer.Accepted(var token) -> pursuits.accepted(state, token);
      case Answer.Settled(var token) -> pursuits.settled(state, token);
      case Answer.Declined(var token) -> pursuits.declined(state, token);
      case Answer.TooLate(var token) -> pursuits.tooLate(state, token);
    }
  }

  private void tick() {
    tick.rang();
    var now = time.instant();
    deliveries.repeat(now);
    paths.repeat(now);
    log.repeat();
    lookBacks.retry();
  }

  private void hurry() {
    var now = time.instant();
    deliveries.hurry(now);
    paths.hurry(now);
    log.repeat();
    lookBacks.retry();
  }

  private void sweep(WaitsState state) {
    sweep.rang();
    var expired = WaitsRules.expired(state, time.millis(), EXPIRE_MAX);
    if (!pursuits.expire(state, expired)) {
      sweepFromMillis = time.millis() + WaitsRules.GRACE_MILLIS;
      watchEnds(state);
    }
  }

  /** Expired waits are removed by a write; when that is stored, this comes again. */
  private void watchEnds(WaitsState state) {
    if (!state.ends().isEmpty()) {
      var firstEnd = state.ends().first().atMillis();
      var at = Math.max(firstEnd + WaitsRules.GRACE_MILLIS, sweepFromMillis);
      sweep.noLaterThan(Instant.ofEpochMilli(at));
    }
  }

  /** After each message: delivers, and sees to it that what is left is not forgotten. */
  private void proceed() {
    if (!sliceIsComing && deliveries.deliverSlice(time.instant())) {
      sliceIsComing = true;
      outside.tellSelf(new Waits.Slice());
    }
    if (deliveries.mustRepeat()
        || paths.mustRepeat()
        || log.mustRepeat()
        || lookBacks.mustRetry()) {
      tick.noLaterThan(time.instant().plus(TICK));
    }
  }

  private List<WaitsFact> takeFacts(int max) {
    write.cancel();
    writeIsComing = false;
    var batch = new ArrayList<WaitsFact>(Math.min(facts.size(), max));
    while (batch.size() < max && !facts.isEmpty()) {
      batch.add(facts.remove());
    }
    if (!facts.isEmpty()) {
      writeIsComing = true;
      outside.tellSelf(new Waits.Write());
    }
    return batch;
  }

  private Event asEvent(Json data) {
    var random = ThreadLocalRandom.current();
    var now = time.millis();
    return new Event(
        Ulid.of(now, random.nextLong(), random.nextLong()),
        Optional.empty(),
        WaitKey.SIGNAL_EVENT,
        now,
        now,
        data,
        Optional.empty(),
        Optional.empty());
  }
}
