package dev.stepwell.engine.wait;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.OptionalLong;
import java.util.Set;

/** A run, which never crashes: what it has answered it remembers. */
final class WorldRun {

  /** A wait as its run knows it. */
  private static final class Mine {
    final Wait wait;
    final boolean picky;
    final Set<Ulid> acceptedMeanwhile = new HashSet<>();
    boolean registered;
    boolean timedOut;
    boolean removed;
    Set<Ulid> consumedThen = Set.of();
    Optional<Ulid> answer = Optional.empty();

    Mine(Wait wait, boolean picky) {
      this.wait = wait;
      this.picky = picky;
    }

    boolean isOver() {
      return answer.isPresent() || timedOut;
    }
  }

  private final World world;
  private final Ulid id;
  private final long startedAt;
  private final Ulid trigger;
  private final Map<Wait.Id, Mine> waits = new HashMap<>();
  private final Set<Ulid> consumed = new HashSet<>();

  WorldRun(World world) {
    this.world = world;
    this.id = Samples.ulid(world.nextId());
    this.startedAt = world.time.millis();
    var events = world.logs.stream().flatMap(log -> log.accepted.stream()).toList();
    this.trigger =
        events.isEmpty() ? Samples.ulid(0) : events.get(world.random.nextInt(events.size())).id();
    waitForOneMore();
  }

  Ulid id() {
    return id;
  }

  void waitForOneMore() {
    var match =
        world.chance(3)
            ? Optional.<EventIndex.Match>empty()
            : Optional.of(
                new EventIndex.Match(
                    "data." + (char) ('a' + world.random.nextInt(3)),
                    Integer.toString(world.random.nextInt(World.VALUES))));
    var wait =
        new Wait(
            id,
            "step" + waits.size(),
            "paid",
            match,
            world.time.millis() + (world.chance(2) ? world.random.nextInt(2_000) : Samples.HOUR),
            OptionalLong.of(
                (world.chance(2) ? world.time.millis() : startedAt) - world.skewMaxMillis),
            trigger);
    var mine = new Mine(wait, world.chance(3));
    waits.put(wait.id(), mine);
    register(mine);
  }

  void seenAccepted(Event event) {
    for (var mine : waits.values()) {
      if (mine.registered) {
        mine.acceptedMeanwhile.add(event.id());
      }
    }
  }

  /** Asks again for what is not done. */
  void repeat() {
    for (var mine : waits.values()) {
      if (mine.timedOut && !mine.removed) {
        var message = new Waits.Remove(mine.wait.run(), mine.wait.step(), world.removed.getRef());
        toPartition(mine.wait, message);
      } else if (!mine.isOver()
          && (!mine.registered || isDue(mine) || world.faulty && world.chance(20))) {
        register(mine);
      }
    }
  }

  private boolean isDue(Mine mine) {
    return mine.wait.untilMillis() <= world.time.millis();
  }

  void registered(Waits.Registered answer) {
    var mine = mine(answer.step());
    mine.registered = true;
    if (answer.over() && !answer.matched() && !mine.isOver()) {
      assertThat(isDue(mine)).as("over: %s", mine.wait).isTrue();
      mine.timedOut = true;
      mine.consumedThen = Set.copyOf(consumed);
    }
  }

  void removed(String step) {
    mine(step).removed = true;
  }

  void deliver(WorldPartition from, Wait wait, Event event, long token) {
    world.send(
        from.name() + ">run" + id,
        () -> {
          for (var answer : answer(wait, event, token)) {
            world.send(
                "run" + id + ">" + from.name(), () -> from.receive(new Waits.RunAnswered(answer)));
          }
        });
  }

  /** Each wait that has no answer had no event to answer it, and none has gone on for too long. */
  void check(List<Event> accepted) {
    for (var mine : waits.values()) {
      if (mine.timedOut) {
        assertThat(accepted.stream().filter(event -> answered(event, mine)))
            .as("missed when it timed out, by %s", mine.wait)
            .isEmpty();
      } else if (mine.answer.isEmpty()) {
        assertThat(isDue(mine)).as("due: %s", mine.wait).isFalse();
        assertThat(mine.registered).as("registered: %s", mine.wait).isTrue();
        assertThat(accepted.stream().filter(event -> answers(event, mine)))
            .as("missed by %s", mine.wait)
            .isEmpty();
      }
    }
  }

  private static boolean answered(Event event, Mine mine) {
    return event.receivedAtMillis() >= mine.wait.sinceMillis().orElseThrow()
        && fits(mine.wait, event)
        && takes(mine, event)
        && !mine.consumedThen.contains(event.id());
  }

  int timedOut() {
    return (int) waits.values().stream().filter(mine -> mine.timedOut).count();
  }

  int matched() {
    return (int) waits.values().stream().filter(mine -> mine.answer.isPresent()).count();
  }

  Set<Wait.Id> open() {
    var open = new HashSet<Wait.Id>();
    waits.forEach((waitId, mine) -> {
      if (!mine.isOver()) {
        open.add(waitId);
      }
    });
    return open;
  }

  private boolean answers(Event event, Mine mine) {
    var wait = mine.wait;
    var inTime =
        mine.acceptedMeanwhile.contains(event.id())
            || event.receivedAtMillis() >= wait.sinceMillis().orElseThrow();
    return inTime && fits(wait, event) && takes(mine, event) && !consumed.contains(event.id());
  }

  private static boolean fits(Wait wait, Event event) {
    return event.receivedAtMillis() < wait.untilMillis()
        && !event.id().equals(wait.trigger())
        && wait.match().map(match -> event.data().toString().contains(member(match))).orElse(true);
  }

  private static String member(EventIndex.Match match) {
    return "\"%s\":%s,".formatted(match.path().substring("data.".length()), match.value());
  }

  /** Of several conditions the partition knows only one. */
  private static boolean takes(Mine mine, Event event) {
    return !mine.picky || event.data().toString().contains("\"flag\":true");
  }

  private List<Answer> answer(Wait wait, Event event, long token) {
    var mine = mine(wait.step());
    if (mine.isOver()) {
      return List.of(
          mine.answer.filter(event.id()::equals).isPresent()
              ? new Answer.Settled(token)
              : new Answer.TooLate(token));
    }
    assertThat(fits(wait, event)).as("%s for %s", event, wait).isTrue();
    assertThat(event.receivedAtMillis())
        .as("%s for %s", event, wait)
        .isGreaterThanOrEqualTo(wait.sinceMillis().orElseThrow());
    if (!takes(mine, event) || consumed.contains(event.id())) {
      return List.of(new Answer.Declined(token));
    }
    consumed.add(event.id());
    mine.answer = Optional.of(event.id());
    var answers = new ArrayList<Answer>();
    if (world.chance(2)) {
      answers.add(new Answer.Accepted(token));
    }
    if (!world.chance(4)) {
      answers.add(new Answer.Settled(token));
    }
    return answers;
  }

  private Mine mine(String step) {
    var mine = waits.get(new Wait.Id(id, step));
    if (mine == null) {
      throw new IllegalStateException("no such wait: " + step);
    }
    return mine;
  }

  private void register(Mine mine) {
    toPartition(mine.wait, new Waits.Register(mine.wait, isDue(mine), world.registered.getRef()));
  }

  private void toPartition(Wait wait, Waits.Request request) {
    var to = world.partition(wait.key());
    world.send("run" + id + ">" + to.name(), () -> to.receive(request));
  }
}
