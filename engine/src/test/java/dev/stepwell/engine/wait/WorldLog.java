package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A partition of the event log: keeps each event until every partition of waits has settled it.
 * Events come to it from a door with a clock of its own, and are on their way for a while.
 */
final class WorldLog {

  private record Offered(Event event, int partition) {}

  /**
   * Somebody wants it closed.
   *
   * @param before what has to be in the index first
   */
  private record Closing(
      long untilMillis, Set<Ulid> before, ActorRef<LogClosing.PartitionClosed> replyTo) {}

  /** Every event accepted, in the world's own order. */
  final List<Event> accepted = new ArrayList<>();

  private final World world;
  private final int number;
  private final long skewMillis;
  private final long doorSkewMillis;
  private final TestInbox<Answer> answers = TestInbox.create();
  private final Map<Ulid, Event> unindexed = new HashMap<>();
  private final Map<Long, Offered> offered = new HashMap<>();
  private Optional<Set<String>> paths = Optional.empty();
  private final List<Closing> closings = new ArrayList<>();
  private long closedMillis;
  private long tokens;

  WorldLog(World world, int number) {
    this.world = world;
    this.number = number;
    this.skewMillis = world.skewMillis();
    this.doorSkewMillis = world.skewMillis();
    this.closedMillis = now();
  }

  private long now() {
    return world.time.millis() + skewMillis;
  }

  String name() {
    return "log" + number;
  }

  /** Somebody sends an event, which is accepted some time later. */
  void send() {
    var event = event(world.time.millis() + doorSkewMillis);
    world.send("door>" + name(), () -> accept(event));
  }

  private Event event(long now) {
    return Samples.event(
        world.nextId(),
        "paid",
        "{\"a\":%d,\"b\":%d,\"c\":%d,\"flag\":%b}"
            .formatted(value(), value(), value(), !world.chance(3)),
        now);
  }

  private int value() {
    return world.random.nextInt(World.VALUES);
  }

  private void accept(Event sent) {
    var event = sent.receivedAtMillis() < closedMillis ? sent.receivedAt(now()) : sent;
    accepted.add(event);
    world.runs.values().forEach(run -> run.seenAccepted(event));
    unindexed.put(event.id(), event);
    world.post(name(), () -> index(event));
  }

  void learn(String path) {
    if (paths.isPresent()) {
      paths.get().add(path);
    } else {
      paths = Optional.of(new HashSet<>(world.paths.known()));
    }
    world.send(name() + ">paths", () -> world.paths.acknowledged(path, number));
  }

  void close(long untilMillis, ActorRef<LogClosing.PartitionClosed> replyTo) {
    var until = Math.min(untilMillis, now());
    closedMillis = Math.max(closedMillis, until);
    closings.add(new Closing(until, new HashSet<>(unindexed.keySet()), replyTo));
    answerClosings();
  }

  private void answerClosings() {
    closings.removeIf(closing -> {
      closing.before().retainAll(unindexed.keySet());
      var done = closing.before().isEmpty();
      if (done) {
        var answer = new LogClosing.PartitionClosed(number, closing.untilMillis());
        world.send(name() + ">closing", () -> world.closing.hear(closing.replyTo(), answer));
      }
      return done;
    });
  }

  /** Forgets all but what is stored: the events, and to whom each still has to be offered. */
  void crash() {
    paths = Optional.empty();
    closings.clear();
    closedMillis = now();
    unindexed.values().forEach(event -> world.post(name(), () -> index(event)));
  }

  void repeat() {
    offered.forEach(this::offer);
  }

  boolean isSettled() {
    return unindexed.isEmpty() && offered.isEmpty();
  }

  void hear() {
    for (var answer : answers.getAllReceived()) {
      if (answer instanceof Answer.Settled(var token)) {
        world.send("waits>" + name(), () -> offered.remove(token));
      } else {
        throw new IllegalStateException("an offer is settled or not answered, but: " + answer);
      }
    }
  }

  private void index(Event event) {
    if (unindexed.remove(event.id()) == null) {
      return;
    }
    if (paths.isEmpty()) {
      paths = Optional.of(new HashSet<>(world.paths.known()));
    }
    var known = paths.get();
    var matches = MatchValues.of(known).in(event.data());
    world
        .index
        .put(List.of(new EventIndex.Row(event, List.of(), Optional.empty(), matches)))
        .toCompletableFuture()
        .join();
    var partitions = new HashSet<Integer>();
    matches.forEach(match -> partitions.add(key(Optional.of(match)).partition(World.PARTITIONS)));
    if (known.contains("")) {
      partitions.add(key(Optional.empty()).partition(World.PARTITIONS));
    }
    for (var partition : partitions) {
      var token = number * 1_000_000L + tokens++;
      offered.put(token, new Offered(event, partition));
      offer(token, offered.get(token));
    }
    answerClosings();
  }

  private static WaitKey key(Optional<EventIndex.Match> match) {
    return WaitKey.of("paid", match);
  }

  private void offer(long token, Offered offer) {
    var to = world.partitions.get(offer.partition());
    world.send(
        name() + ">" + to.name(),
        () -> to.receive(new Waits.Offer(offer.event(), token, answers.getRef())));
  }
}
