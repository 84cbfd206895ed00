package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.StoreOverloadedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a node's runs on the list, many with one write: while one is under way the next rows gather.
 * A row that could not be put is not answered; its run asks again when it is woken again.
 */
public final class RunEnlister extends AbstractMatchingBehavior<RunEnlister.Message> {

  public sealed interface Message {}

  record Put(Effect.Enlist effect, ActorRef<? super RunEntity.Effected> replyTo)
      implements Message {}

  private record Written(List<Put> puts, @Nullable Throwable failure) implements Message {}

  private static final int ROWS_MAX = 1_000;

  private final RunIndex index;
  private List<Put> waiting = new ArrayList<>();
  private boolean writing;

  private RunEnlister(ActorContext<Message> context, RunIndex index) {
    super(context);
    this.index = index;
  }

  public static Behavior<Message> create(RunIndex index) {
    return Behaviors.setup(context -> new RunEnlister(context, index));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Put put -> waiting.add(put);
      case Written(var puts, var failure) -> {
        writing = false;
        if (failure == null) {
          puts.forEach(put -> put.replyTo().tell(new RunEntity.Effected(put.effect())));
        } else if (!StoreOverloadedException.isBehind(failure)) {
          getContext().getLog().warn("{} runs not enlisted for now", puts.size(), failure);
        }
      }
    }
    return write();
  }

  private Behavior<Message> write() {
    if (!writing && !waiting.isEmpty()) {
      writing = true;
      var puts = List.copyOf(waiting.subList(0, Math.min(ROWS_MAX, waiting.size())));
      waiting = new ArrayList<>(waiting.subList(puts.size(), waiting.size()));
      var rows = puts.stream().map(put -> put.effect().row()).toList();
      getContext().pipeToSelf(index.put(rows), (_, failure) -> new Written(puts, failure));
    }
    return this;
  }
}
