package dev.stepwell.engine.journal;

import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * How a persistent actor begins of which the first message may say that it is new. If nothing can
 * be stored of it, nothing is read: it recovers with {@code Recovery.disabled()}, which the journal
 * answers at once.
 */
public final class Beginning {
  private Beginning() {}

  /**
   * An actor that becomes what its first message makes of it, and then gets that message.
   *
   * @param become called once, on the actor's thread
   */
  public static <M> Behavior<M> withFirst(Function<M, Behavior<M>> become) {
    return Behaviors.withStash(
        1,
        stash ->
            Behaviors.receiveMessage(first -> {
              stash.stash(first);
              return stash.unstashAll(become.apply(first));
            }));
  }

  /** Whether no fact is stored under an id, as far as the store knows without reading. */
  public static boolean isNew(ActorSystem<?> system, String persistenceId) {
    return StoreSetup.of(system.classicSystem()).journal().isNew(persistenceId);
  }
}
