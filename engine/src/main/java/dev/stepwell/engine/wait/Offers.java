package dev.stepwell.engine.wait;

import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The offered events that some run has not settled yet. What there is no room for is not answered;
 * its offerer repeats it.
 */
final class Offers {

  /** Data of events that no run has stored yet. */
  static final long BYTES_MAX = 64L << 20;

  private static final int OVERHEAD_BYTES = 1_024;

  private final Map<Ulid, Offer> byEvent = new HashMap<>();
  private long heldBytes;

  boolean isFull() {
    return heldBytes >= BYTES_MAX;
  }

  /** Whether the event is in hand already; then the answer goes to whoever offered it last. */
  boolean repeats(Ulid event, long token, ActorRef<Answer> replyTo) {
    var offer = byEvent.get(event);
    if (offer == null) {
      return false;
    }
    offer.token = token;
    offer.replyTo = replyTo;
    return true;
  }

  /**
   * Keeps an event until all is settled.
   *
   * @param runs how many may have it, 1 or more
   */
  Offer add(Event event, long token, ActorRef<Answer> replyTo, int runs) {
    var offer =
        new Offer(event.id(), event.data().sizeBytes() + OVERHEAD_BYTES, runs, token, replyTo);
    byEvent.put(event.id(), offer);
    heldBytes += offer.bytes;
    return offer;
  }

  /** One event in hand. */
  final class Offer implements Source {
    private final Ulid event;
    private final long bytes;
    private int undecided;
    private int unsettled;
    private long token;
    private ActorRef<Answer> replyTo;

    private Offer(Ulid event, long bytes, int runs, long token, ActorRef<Answer> replyTo) {
      this.event = event;
      this.bytes = bytes;
      this.undecided = runs;
      this.unsettled = runs;
      this.token = token;
      this.replyTo = replyTo;
    }

    @Override
    public void taken(Ulid run) {
      undecided--;
      if (undecided == 0) {
        heldBytes -= bytes;
      }
    }

    @Override
    public void settled() {
      unsettled--;
      if (unsettled == 0) {
        byEvent.remove(event);
        replyTo.tell(new Answer.Settled(token));
      }
    }

    @Override
    public void passed() {
      undecided--;
      if (undecided == 0) {
        heldBytes -= bytes;
      }
      settled();
    }
  }
}
