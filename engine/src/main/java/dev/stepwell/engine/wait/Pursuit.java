package dev.stepwell.engine.wait;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A wait with something going on. In memory only: what is lost in a crash is asked for again. */
final class Pursuit {

  enum Phase {
    /** All who accept events must first know its path. */
    ACTIVATING,
    /** A fact about it is on its way to the journal. */
    WRITING,
    /** Its time is over, and the event log has to be closed up to its end. */
    CLOSING,
    /** Earlier events are being searched. */
    LOOKING,
    /** Its run is asked whether it takes an event. */
    DELIVERING,
    /** Its run has stored an event, and what follows from it is under way. */
    TAKEN,
    /** It waits no longer; the journal does not know yet. */
    OVER
  }

  /**
   * An event that a wait may get.
   *
   * @param rest others who may get it if this one does not, in order
   */
  record Candidate(Event event, Source source, Deque<Wait> rest) {}

  final Wait wait;
  final Deque<Candidate> candidates = new ArrayDeque<>();
  final Set<Ulid> declined = new HashSet<>();
  final Set<ActorRef<Waits.Registered>> askers = new LinkedHashSet<>();
  Phase phase = Phase.ACTIVATING;
  long activeSinceMillis;

  /** Somebody waits for a search of earlier events that has not ended. */
  boolean mustLookBack;

  boolean lookedBack;

  /** Its run has asked since its time was over. */
  boolean over;

  /** The search has begun since the event log was closed up to its end: it sees all there is. */
  boolean looksLast;

  /** Withdrawn while its run was being asked; goes on until the run has answered. */
  boolean withdrawn;

  @Nullable LookBack lookBack;
  @Nullable Candidate current;

  Pursuit(Wait wait) {
    this.wait = wait;
  }

  /** Somebody asks for it. */
  void asked(boolean isOver) {
    over |= isOver;
    mustLookBack = looksBack() && (!lookedBack || mustLookLast());
  }

  /** Whether it is to be searched once more, when the event log is closed up to its end. */
  boolean mustLookLast() {
    return over && !looksLast && looksBack();
  }

  private boolean looksBack() {
    return wait.sinceMillis().isPresent() && !wait.forSignal();
  }

  /** Whether no further event can be taken for it. */
  boolean isClosed() {
    return withdrawn || phase == Phase.TAKEN || phase == Phase.OVER;
  }

  LookBack lookBack() {
    if (lookBack == null) {
      throw new IllegalStateException("nothing is being searched for " + wait.id());
    }
    return lookBack;
  }

  Candidate taking() {
    if (current == null) {
      throw new IllegalStateException("no event is being delivered to " + wait.id());
    }
    return current;
  }

  /** The run has stored the event: what is repeated from now on need not carry its payload. */
  void shedPayload() {
    var held = taking();
    var event = held.event();
    var slim =
        new Event(
            event.id(),
            event.userId(),
            event.name(),
            event.tsMillis(),
            event.receivedAtMillis(),
            Json.EMPTY_OBJECT,
            event.user(),
            event.version());
    current = new Candidate(slim, held.source(), held.rest());
  }

  Collection<Candidate> takeCandidates() {
    var all = new ArrayDeque<>(candidates);
    candidates.clear();
    return all;
  }
}
