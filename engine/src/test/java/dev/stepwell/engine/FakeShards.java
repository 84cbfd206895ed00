package dev.stepwell.engine;

import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Shards with nobody in them: a test answers for the actors, and sees what they were told. */
public final class FakeShards implements Shards {

  private record Told(Kind<?> kind, String id, Object message) {}

  private final List<Told> told = new ArrayList<>();
  private final Map<Kind<?>, BiConsumer<String, Object>> answers = new ConcurrentHashMap<>();

  /** What is told to actors of that kind from now on is answered so; without it, not at all. */
  public <M> void answer(Kind<M> kind, BiConsumer<String, M> answer) {
    answers.put(kind, (id, message) -> answer.accept(id, kind.messages().cast(message)));
  }

  /** What actors of that kind were told, if it was of that class. */
  public synchronized <T> List<T> told(Kind<?> kind, Class<T> message) {
    return told.stream()
        .filter(one -> one.kind().equals(kind) && message.isInstance(one.message()))
        .map(one -> message.cast(one.message()))
        .toList();
  }

  @Override
  public <M> void tell(Kind<M> kind, String id, M message) {
    synchronized (this) {
      told.add(new Told(kind, id, message));
    }
    answers.getOrDefault(kind, (_, _) -> {}).accept(id, message);
  }

  @Override
  public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
    throw new UnsupportedOperationException("nobody lives here");
  }

  @Override
  public <M, A extends Message> CompletionStage<A> ask(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
    throw new UnsupportedOperationException("nobody answers here");
  }
}
