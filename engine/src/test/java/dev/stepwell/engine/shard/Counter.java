package dev.stepwell.engine.shard;

import dev.stepwell.engine.shard.Shards.Passivate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Counts in the test's memory what its actors are told, and leaves when it is asked to. */
final class Counter extends AbstractMatchingBehavior<Counter.Message> {

  static final Kind<Message> KIND = Kind.entities("counter", Message.class, new Stop());

  sealed interface Message {}

  /** What may come from another node. */
  sealed interface Call extends Message, dev.stepwell.engine.wire.Message {}

  record Add(int number, ActorRef<Added> replyTo) implements Call {}

  record Added(int number) implements dev.stepwell.engine.wire.Message {}

  record Ignore(ActorRef<Added> replyTo) implements Call {}

  /** What cannot reach another node. */
  record AtHome() implements Message {}

  record Leave() implements Call {}

  record Stop() implements Call {}

  /** What all counters of a test have been told. */
  static final class Book {
    final Set<String> added = ConcurrentHashMap.newKeySet();
    final AtomicInteger lives = new AtomicInteger();
    final AtomicInteger alive = new AtomicInteger();
    final AtomicInteger aliveMax = new AtomicInteger();
  }

  private final String id;
  private final Passivate<Message> shard;
  private final Book book;

  private Counter(ActorContext<Message> context, String id, Passivate<Message> shard, Book book) {
    super(context);
    this.id = id;
    this.shard = shard;
    this.book = book;
    book.lives.incrementAndGet();
    book.aliveMax.accumulateAndGet(book.alive.incrementAndGet(), Math::max);
  }

  static Behavior<Message> create(String id, Passivate<Message> shard, Book book) {
    return Behaviors.setup(context -> new Counter(context, id, shard, book));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Add(var number, var replyTo) -> {
        book.added.add(id + "/" + number);
        replyTo.tell(new Added(number));
      }
      case Ignore _, AtHome _ -> {}
      case Leave _ -> shard.passivate(getContext().getSelf());
      case Stop _ -> {
        book.alive.decrementAndGet();
        return Behaviors.stopped();
      }
    }
    return this;
  }
}
