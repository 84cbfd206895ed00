package dev.stepwell.engine.run;

import dev.stepwell.engine.event.EventLog.Appended;
import dev.stepwell.engine.wakeup.Answer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Waits for the answer to one effect, where the answer itself does not say to which. */
final class EffectAnswer<A> extends AbstractMatchingBehavior<A> {

  private final ActorRef<RunEntity.Message> run;
  private final Effect effect;

  private EffectAnswer(ActorContext<A> context, ActorRef<RunEntity.Message> run, Effect effect) {
    super(context);
    this.run = run;
    this.effect = effect;
  }

  static <A> Behavior<A> create(ActorRef<RunEntity.Message> run, Effect effect) {
    return Behaviors.setup(context -> new EffectAnswer<>(context, run, effect));
  }

  @Override
  public Behavior<A> onMessage(A answer) {
    if (isFinal(answer)) {
      run.tell(new RunEntity.Effected(effect));
    }
    return this;
  }

  private static boolean isFinal(Object answer) {
    return switch (answer) {
      case Appended appended -> !appended.overloaded();
      case Answer.Settled _, Answer.Declined _, Answer.TooLate _ -> true;
      default -> false;
    };
  }
}
