package dev.stepwell.engine.wait;

import dev.stepwell.engine.FaultyStore;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.StoreKit;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.shard.LocalShards;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The actors of this package in a process that can crash, with a journal that survives. */
final class Node implements AutoCloseable {

  static final int LOGS = 2;

  /** What a run was asked. */
  record Delivery(Wait subscription, Event event, long token, ActorRef<Answer> replyTo) {
    void settle() {
      replyTo.tell(new Answer.Settled(token));
    }

    void accept() {
      replyTo.tell(new Answer.Accepted(token));
    }

    void decline() {
      replyTo.tell(new Answer.Declined(token));
    }

    void tooLate() {
      replyTo.tell(new Answer.TooLate(token));
    }
  }

  /** What the event log was asked. */
  record Closing(long untilMillis, ActorRef<LogClosing.PartitionClosed> replyTo) {
    void answer() {
      for (var log = 0; log < LOGS; log++) {
        replyTo.tell(new LogClosing.PartitionClosed(log, untilMillis));
      }
    }
  }

  /** What the event log was told. */
  record Announcement(String event, String path, ActorRef<WaitPaths.Acknowledged> replyTo) {
    void acknowledge(int partition) {
      replyTo.tell(new WaitPaths.Acknowledged(partition));
    }
  }

  final FaultyStore store = new FaultyStore();
  final HandTime time = new HandTime(Instant.ofEpochMilli(Samples.NOON));
  final LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Announcement> announcements = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Closing> closings = new LinkedBlockingQueue<>();
  final ActorTestKit kit = StoreKit.create(store);
  final TestProbe<Waits.Registered> registered = kit.createTestProbe(Waits.Registered.class);
  final TestProbe<Waits.Removed> removed = kit.createTestProbe(Waits.Removed.class);
  final TestProbe<Answer> answers = kit.createTestProbe(Answer.class);
  volatile boolean logsAnswer = true;
  private Shards shards;
  private ActorRef<Void> host;

  Node() {
    var started = start();
    shards = started.shards();
    host = started.host();
  }

  private record Started(Shards shards, ActorRef<Void> host) {}

  private Started start() {
    var ready = new CompletableFuture<Shards>();
    Behavior<Void> behavior =
        Behaviors.setup(context -> {
          var local = new LocalShards(context);
          var closing = context.spawnAnonymous(LogClosing.create(LOGS, this::close, time));
          local.host(
              Waits.KIND,
              (id, _) -> Waits.create(id, local, store.events(), closing, this::matched, time));
          local.host(
              WaitPaths.KIND,
              (event, passivate) -> WaitPaths.create(event, LOGS, this::announce, passivate, time));
          ready.complete(local);
          return Behaviors.empty();
        });
    ActorRef<Void> newHost = kit.spawn(behavior);
    return new Started(ready.orTimeout(60, TimeUnit.SECONDS).join(), newHost);
  }

  /** All that is in memory is lost, in the middle of whatever it was. */
  void crash() {
    kit.stop(host, Duration.ofSeconds(60));
    var started = start();
    shards = started.shards();
    host = started.host();
  }

  void tell(WaitKey key, Waits.Message message) {
    shards.tell(Waits.KIND, Integer.toString(key.partition(1)), message);
  }

  void register(Wait wait) {
    tell(wait.key(), new Waits.Register(wait, false, registered.getRef()));
  }

  /** Asks for a wait whose time is over by its run's clock. */
  void registerAtEnd(Wait wait) {
    tell(wait.key(), new Waits.Register(wait, true, registered.getRef()));
  }

  void registerAndWait(Wait wait) {
    register(wait);
    registered.receiveMessage();
  }

  void remove(Wait wait) {
    tell(wait.key(), new Waits.Remove(wait.run(), wait.step(), removed.getRef()));
  }

  void offer(Event event, long token) {
    tell(new WaitKey(event.name(), "", ""), new Waits.Offer(event, token, answers.getRef()));
  }

  void tellPaths(String event, WaitPaths.Message message) {
    shards.tell(WaitPaths.KIND, event, message);
  }

  /** Puts an event into the index, with its value at {@code data.order}. */
  void index(Event event) {
    var matches = MatchValues.of(List.of("data.order")).in(event.data());
    var row = new EventIndex.Row(event, List.of(), Optional.empty(), matches);
    store.events().put(List.of(row)).toCompletableFuture().join();
  }

  Delivery delivery() {
    return poll(deliveries);
  }

  Closing closing() {
    return poll(closings);
  }

  Announcement announcement() {
    return poll(announcements);
  }

  private static <T> T poll(LinkedBlockingQueue<T> queue) {
    try {
      var next = queue.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void matched(Wait wait, Event event, long token, ActorRef<Answer> replyTo) {
    deliveries.add(new Delivery(wait, event, token, replyTo));
  }

  private void close(long untilMillis, ActorRef<LogClosing.PartitionClosed> replyTo) {
    closings.add(new Closing(untilMillis, replyTo));
  }

  private void announce(String event, String path, ActorRef<WaitPaths.Acknowledged> replyTo) {
    var announcement = new Announcement(event, path, replyTo);
    if (logsAnswer) {
      for (var log = 0; log < LOGS; log++) {
        announcement.acknowledge(log);
      }
    } else {
      announcements.add(announcement);
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
