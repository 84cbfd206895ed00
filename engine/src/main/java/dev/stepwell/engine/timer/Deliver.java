package dev.stepwell.engine.timer;

import dev.stepwell.engine.wakeup.Answer;
import org.apache.pekko.actor.typed.ActorRef;

/** Brings a due timer to what it wakes. */
public interface Deliver {

  /**
   * Called on the actor's thread: must not block. Called again with the same token until an answer
   * other than {@link Answer.Accepted} has come.
   */
  void due(Timer timer, long token, ActorRef<Answer> replyTo);
}
