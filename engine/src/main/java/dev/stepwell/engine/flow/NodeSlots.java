package dev.stepwell.engine.flow;

import dev.stepwell.engine.wire.Ulid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;

/** Slots for the steps that execute on this node. For use from any thread. */
public record NodeSlots(ActorRef<SlotKeeper.Message> keeper) {

  private static final int PLAIN_MAX_CHARS = 200;

  /** The id of the slots of a function for one value of its key, of any length and content. */
  public static String slotId(String function, String keyValue) {
    var plain = function + "|" + keyValue;
    return plain.length() <= PLAIN_MAX_CHARS ? plain : function + "#" + sha256(keyValue);
  }

  /**
   * Waits for a slot, for however long it takes; older runs go first. Cancel the future if it is
   * not wanted any more, else release what it brings. Stages that depend on it are executed on an
   * actor's thread: they must not block.
   *
   * @param slotId of {@link #slotId}
   * @param limit how many may hold one of these slots at once, at least 1
   */
  public CompletableFuture<Slot> acquire(String slotId, int limit, Ulid run, String step) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of " + slotId + " must be 1 or more: " + limit);
    }
    var wanted = new SlotKeeper.Wanted(slotId, limit, run, step, keeper);
    keeper.tell(new SlotKeeper.Want(wanted));
    var _ =
        wanted
            .granted()
            .whenComplete((_, _) -> {
              if (wanted.granted().isCancelled()) {
                keeper.tell(new SlotKeeper.Drop(wanted));
              }
            });
    return wanted.granted();
  }

  private static String sha256(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
