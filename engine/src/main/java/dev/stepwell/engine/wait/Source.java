package dev.stepwell.engine.wait;

import dev.stepwell.engine.wire.Ulid;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Where an event came from, to hear what became of it. For each run that may have it: either
 * passed, or taken and later settled.
 */
sealed interface Source permits Source.Past, Source.Signaller, Offers.Offer {

  /** A run has stored the event. */
  void taken(Ulid run);

  /** All that follows from it for one run is stored. */
  void settled();

  /** No wait of a run took it. */
  void passed();

  /** It was found by looking back: nobody to tell. */
  record Past() implements Source {
    @Override
    public void taken(Ulid run) {}

    @Override
    public void settled() {}

    @Override
    public void passed() {}
  }

  /** Somebody signals, and wants to know to whom. */
  record Signaller(ActorRef<Waits.Signalled> replyTo) implements Source {
    @Override
    public void taken(Ulid run) {
      replyTo.tell(new Waits.Delivered(run));
    }

    @Override
    public void settled() {}

    @Override
    public void passed() {
      replyTo.tell(new Waits.Nobody());
    }
  }
}
