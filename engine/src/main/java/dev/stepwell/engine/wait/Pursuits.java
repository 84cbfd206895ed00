package dev.stepwell.engine.wait;

import dev.stepwell.engine.wait.Pursuit.Candidate;
import dev.stepwell.engine.wait.Pursuit.Phase;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What is going on with the waits of one partition. A wait takes one event at a time: while its run
 * is asked about one, later ones queue, so that none is lost if the run declines.
 */
final class Pursuits {

  /** How facts get to the journal; {@link #stored} follows for each. */
  interface Writer {
    void soon(WaitsFact fact);

    /** With the next that is written, or shortly. */
    void sometime(WaitsFact fact);
  }

  private final Map<Wait.Id, Pursuit> byId = new HashMap<>();
  private final Withdrawals withdrawals = new Withdrawals();
  private final InstantSource clock;
  private final Writer writer;
  private final ActivePaths paths;
  private final ClosedLog log;
  private final LookBacks lookBacks;
  private final Deliveries deliveries;
  private final Offers offers;

  Pursuits(
      InstantSource clock,
      Writer writer,
      ActivePaths paths,
      ClosedLog log,
      LookBacks lookBacks,
      Deliveries deliveries,
      Offers offers) {
    this.clock = clock;
    this.writer = writer;
    this.paths = paths;
    this.log = log;
    this.lookBacks = lookBacks;
    this.deliveries = deliveries;
    this.offers = offers;
  }

  void register(WaitsState state, Wait wait, boolean over, ActorRef<Waits.Registered> replyTo) {
    var known = byId.get(wait.id());
    var pursuit = known != null ? known : begin(state.find(wait.id()).orElse(wait));
    pursuit.asked(over);
    pursuit.askers.add(replyTo);
    if (known == null) {
      establish(state, pursuit);
    } else if (pursuit.isClosed()) {
      answerAskers(state, pursuit);
    }
  }

  /** All who accept events know a path now. */
  void activated(WaitsState state, ActivePaths.Path path, long sinceMillis) {
    for (var id : paths.activated(path, sinceMillis)) {
      var pursuit = byId.get(id);
      if (pursuit != null && pursuit.phase == Phase.ACTIVATING) {
        establish(state, pursuit);
      }
    }
  }

  /** The event log is closed up to an instant. */
  void closed(WaitsState state, long untilMillis) {
    for (var id : log.closed(untilMillis)) {
      var pursuit = byId.get(id);
      if (pursuit != null && pursuit.phase == Phase.CLOSING) {
        lookBack(state, pursuit);
      }
    }
  }

  /** A fact is in the journal, and in {@code state}. */
  void stored(WaitsState state, WaitsFact fact) {
    var pursuit = byId.get(fact.id());
    switch (fact) {
      case WaitsFact.Removed(var id) -> {
        withdrawals.stored(id);
        if (pursuit != null && pursuit.phase == Phase.OVER) {
          byId.remove(id);
        }
      }
      case WaitsFact.Registered _ -> {
        if (pursuit != null && pursuit.phase == Phase.WRITING) {
          lookBack(state, pursuit);
        }
      }
    }
  }

  /** A page of earlier events for a search. A page for a search that is no more changes nothing. */
  void read(WaitsState state, Pursuit pursuit, LookBack lookBack, List<Event> page) {
    if (!isLooking(pursuit) || !lookBack.equals(pursuit.lookBack)) {
      return;
    }
    switch (lookBack.on(page, pursuit.declined)) {
      case LookBack.Result.Next(var next) -> look(state, pursuit, next);
      case LookBack.Result.Nothing() -> established(state, pursuit);
      case LookBack.Result.Found(var event) -> found(pursuit, event);
    }
  }

  void offer(WaitsState state, Event event, long token, ActorRef<Answer> replyTo) {
    if (offers.repeats(event.id(), token, replyTo)) {
      return;
    }
    var runs = WaitsRules.matching(state, event);
    if (runs.isEmpty()) {
      replyTo.tell(new Answer.Settled(token));
    } else if (!offers.isFull()) {
      var offer = offers.add(event, token, replyTo, runs.size());
      runs.forEach(waits -> pass(state, new Candidate(event, offer, new ArrayDeque<>(waits))));
    }
  }

  /** Gives a signal to the first run that takes it. */
  void signal(WaitsState state, String signal, Event event, ActorRef<Waits.Signalled> replyTo) {
    var waits = WaitsRules.signalled(state, signal);
    pass(state, new Candidate(event, new Source.Signaller(replyTo), new ArrayDeque<>(waits)));
  }

  /** A run has stored the event that it was asked about: later ones are for others. */
  void accepted(WaitsState state, long token) {
    deliveries.find(token).ifPresent(pursuit -> take(state, pursuit));
  }

  void settled(WaitsState state, long token) {
    deliveries
        .answered(token)
        .ifPresent(pursuit -> {
          take(state, pursuit);
          pursuit.taking().source().settled();
          end(state, pursuit);
        });
  }

  void declined(WaitsState state, long token) {
    deliveries.answered(token).ifPresent(pursuit -> goOn(state, pursuit));
  }

  /** The wait has ended before the event came, in a way that was not known here yet. */
  void tooLate(WaitsState state, long token) {
    deliveries
        .answered(token)
        .ifPresent(pursuit -> {
          var missed = pursuit.taking();
          if (pursuit.phase == Phase.TAKEN) {
            // It had its effect, and all of the run has been deleted since.
            missed.source().settled();
          } else {
            pursuit.current = null;
            pass(state, missed);
          }
          end(state, pursuit);
        });
  }

  /** A run waits no longer. If it is being asked about an event, that goes on until it answers. */
  void remove(WaitsState state, Wait.Id id, Optional<ActorRef<Waits.Removed>> replyTo) {
    var pursuit = byId.get(id);
    if (pursuit == null && !state.has(id)) {
      replyTo.ifPresent(asker -> asker.tell(new Waits.Removed(id.run(), id.step())));
      return;
    }
    withdraw(state, id, replyTo);
    if (pursuit != null && isRunAsked(pursuit)) {
      pursuit.withdrawn = true;
      release(state, pursuit);
    } else if (pursuit == null || pursuit.phase != Phase.OVER) {
      var over = pursuit != null ? pursuit : begin(state.find(id).orElseThrow());
      over.phase = Phase.OVER;
      answerAskers(state, over);
      release(state, over);
    }
  }

  /**
   * Forgets waits that ended long ago, but for those with which something is going on. A run that
   * asks while one is being forgotten has not heard of its end: it is searched for as ever.
   *
   * @return whether there was one to forget
   */
  boolean expire(WaitsState state, List<Wait.Id> ids) {
    var quiet = ids.stream().filter(id -> !byId.containsKey(id)).toList();
    quiet.forEach(id -> withdraw(state, id, Optional.empty()));
    return !quiet.isEmpty();
  }

  private Pursuit begin(Wait wait) {
    var pursuit = new Pursuit(wait);
    byId.put(wait.id(), pursuit);
    return pursuit;
  }

  private boolean isLooking(Pursuit pursuit) {
    return byId.get(pursuit.wait.id()) == pursuit && pursuit.phase == Phase.LOOKING;
  }

  private static boolean isRunAsked(Pursuit pursuit) {
    return pursuit.phase == Phase.DELIVERING || pursuit.phase == Phase.TAKEN;
  }

  /** Makes true all that a registration promises, as far as it is not yet. */
  private void establish(WaitsState state, Pursuit pursuit) {
    var wait = pursuit.wait;
    var since = wait.forSignal() ? OptionalLong.of(0) : paths.since(wait, clock.instant());
    if (since.isEmpty()) {
      pursuit.phase = Phase.ACTIVATING;
      return;
    }
    pursuit.activeSinceMillis = since.getAsLong();
    if (state.has(wait.id())) {
      lookBack(state, pursuit);
    } else {
      pursuit.phase = Phase.WRITING;
      writer.soon(new WaitsFact.Registered(wait));
    }
  }

  private void lookBack(WaitsState state, Pursuit pursuit) {
    if (pursuit.mustLookLast()) {
      if (!log.covers(pursuit.wait)) {
        pursuit.phase = Phase.CLOSING;
        return;
      }
      pursuit.looksLast = true;
      pursuit.mustLookBack = true;
    }
    if (pursuit.mustLookBack) {
      look(state, pursuit, LookBack.of(pursuit.wait, pursuit.activeSinceMillis));
    } else {
      established(state, pursuit);
    }
  }

  private void look(WaitsState state, Pursuit pursuit, LookBack lookBack) {
    if (lookBack.isOver()) {
      established(state, pursuit);
      return;
    }
    pursuit.phase = Phase.LOOKING;
    pursuit.lookBack = lookBack;
    lookBacks.want(pursuit);
  }

  private void established(WaitsState state, Pursuit pursuit) {
    if (pursuit.mustLookLast()) {
      lookBack(state, pursuit);
      return;
    }
    pursuit.lookedBack = true;
    pursuit.mustLookBack = false;
    next(state, pursuit);
  }

  private void found(Pursuit pursuit, Event event) {
    pursuit.lookedBack = true;
    pursuit.mustLookBack = false;
    deliver(pursuit, new Candidate(event, new Source.Past(), new ArrayDeque<>()));
  }

  private void answerAskers(WaitsState state, Pursuit pursuit) {
    var wait = pursuit.wait;
    var matched = pursuit.isClosed() && !pursuit.withdrawn && pursuit.current != null;
    var answer =
        new Waits.Registered(
            wait.run(), wait.step(), pursuit.over, matched, WaitsRules.signalRunAhead(state, wait));
    pursuit.askers.forEach(asker -> asker.tell(answer));
    pursuit.askers.clear();
  }

  /** Asks the run about the next event in the queue; without one, nothing is going on any more. */
  private void next(WaitsState state, Pursuit pursuit) {
    for (var next = pursuit.candidates.poll(); next != null; next = pursuit.candidates.poll()) {
      if (!pursuit.declined.contains(next.event().id())) {
        deliver(pursuit, next);
        return;
      }
      pass(state, next);
    }
    answerAskers(state, pursuit);
    byId.remove(pursuit.wait.id());
  }

  private void deliver(Pursuit pursuit, Candidate candidate) {
    pursuit.current = candidate;
    pursuit.phase = Phase.DELIVERING;
    deliveries.add(pursuit);
  }

  /** Gives an event to the first of those who may have it and still can. */
  private void pass(WaitsState state, Candidate candidate) {
    for (var wait = candidate.rest().poll(); wait != null; wait = candidate.rest().poll()) {
      var pursuit = byId.get(wait.id());
      if (!state.has(wait.id())) {
        continue;
      }
      if (pursuit == null) {
        deliver(begin(wait), candidate);
        return;
      }
      if (!pursuit.isClosed() && !pursuit.declined.contains(candidate.event().id())) {
        give(pursuit, candidate);
        return;
      }
    }
    candidate.source().passed();
  }

  private void give(Pursuit pursuit, Candidate candidate) {
    if (pursuit.phase == Phase.ACTIVATING || pursuit.phase == Phase.CLOSING) {
      deliver(pursuit, candidate);
    } else {
      pursuit.candidates.add(candidate);
    }
  }

  private void take(WaitsState state, Pursuit pursuit) {
    if (pursuit.phase != Phase.DELIVERING) {
      return;
    }
    pursuit.phase = Phase.TAKEN;
    pursuit.taking().source().taken(pursuit.wait.run());
    pursuit.shedPayload();
    answerAskers(state, pursuit);
    release(state, pursuit);
  }

  /** The queue is for others now, but for the very event that the run has taken by another way. */
  private void release(WaitsState state, Pursuit pursuit) {
    var taken = pursuit.phase == Phase.TAKEN ? pursuit.taking().event().id() : null;
    for (var candidate : pursuit.takeCandidates()) {
      if (candidate.event().id().equals(taken)) {
        candidate.source().passed();
      } else {
        pass(state, candidate);
      }
    }
  }

  private void goOn(WaitsState state, Pursuit pursuit) {
    var refused = pursuit.taking();
    pursuit.declined.add(refused.event().id());
    pursuit.current = null;
    pass(state, refused);
    if (pursuit.withdrawn || !state.has(pursuit.wait.id())) {
      end(state, pursuit);
    } else if (refused.source() instanceof Source.Past && pursuit.lookBack != null) {
      look(state, pursuit, pursuit.lookBack.from(refused.event().receivedAtMillis()));
    } else if (pursuit.mustLookBack) {
      establish(state, pursuit);
    } else {
      next(state, pursuit);
    }
  }

  /** The wait is over. */
  private void end(WaitsState state, Pursuit pursuit) {
    pursuit.phase = Phase.OVER;
    answerAskers(state, pursuit);
    release(state, pursuit);
    var id = pursuit.wait.id();
    if (!state.has(id)) {
      byId.remove(id);
    } else {
      withdraw(state, id, Optional.empty());
    }
  }

  /** Others can tell whether somebody waits for a signal: that is to be true as soon as can be. */
  private void withdraw(WaitsState state, Wait.Id id, Optional<ActorRef<Waits.Removed>> replyTo) {
    if (withdrawals.add(id, replyTo)) {
      var removed = new WaitsFact.Removed(id);
      if (state.find(id).filter(Wait::forSignal).isPresent()) {
        writer.soon(removed);
      } else {
        writer.sometime(removed);
      }
    }
  }
}
