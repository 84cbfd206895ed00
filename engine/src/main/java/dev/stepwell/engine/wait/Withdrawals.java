package dev.stepwell.engine.wait;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** The waits whose removal is on its way to the journal, and who wants to hear of it. */
final class Withdrawals {

  private final Map<Wait.Id, Set<ActorRef<Waits.Removed>>> askers = new HashMap<>();

  /** Adds one, and says whether it is new: its fact is to be written. */
  boolean add(Wait.Id id, Optional<ActorRef<Waits.Removed>> replyTo) {
    var isNew = !askers.containsKey(id);
    var others = askers.computeIfAbsent(id, _ -> new LinkedHashSet<>());
    replyTo.ifPresent(others::add);
    return isNew;
  }

  void stored(Wait.Id id) {
    var waiting = askers.remove(id);
    if (waiting != null) {
      waiting.forEach(asker -> asker.tell(new Waits.Removed(id.run(), id.step())));
    }
  }
}
