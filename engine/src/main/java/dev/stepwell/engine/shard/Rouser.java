package dev.stepwell.engine.shard;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Begins the next life of actors that must always live, when they have stopped on this node: a
 * shard that is moved to another node lies still there until somebody tells it something.
 */
final class Rouser extends AbstractMatchingBehavior<Rouser.Message> {

  sealed interface Message {}

  /**
   * Looks after an actor.
   *
   * @param rouse tells its next life something, wherever that will be
   */
  record Watch(ActorRef<?> actor, Runnable rouse) implements Message {}

  private record Stopped(Runnable rouse) implements Message {}

  private Rouser(ActorContext<Message> context) {
    super(context);
  }

  static Behavior<Message> create() {
    return Behaviors.setup(Rouser::new);
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Watch(var actor, var rouse) -> getContext().watchWith(actor, new Stopped(rouse));
      case Stopped(var rouse) -> rouse.run();
    }
    return this;
  }
}
