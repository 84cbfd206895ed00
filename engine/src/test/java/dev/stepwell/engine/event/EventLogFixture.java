package dev.stepwell.engine.event;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.FakeShards;
import dev.stepwell.engine.FaultyJournal;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.TestNode;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** One partition of the event log, with a test in the place of everybody it talks to. */
final class EventLogFixture implements AutoCloseable {

  /** A run that is to be started. */
  record Start(Ulid run, String function, Event event, long token, ActorRef<Answer> replyTo) {
    void settle() {
      replyTo.tell(new Answer.Settled(token));
    }
  }

  static final List<String> FUNCTIONS = List.of("ship", "bill");

  final HandTime time = new HandTime(Instant.ofEpochMilli(Samples.NOON));
  final FakeShards shards = new FakeShards();
  final LinkedBlockingQueue<Start> starts = new LinkedBlockingQueue<>();

  /** By which paths somebody waits for a name; a name that is not here is not answered for. */
  final Map<String, Set<String>> paths = new ConcurrentHashMap<>(Map.of(Samples.NAME, Set.of()));

  long bytesMax = 1_000_000;
  FaultyEvents index;
  ActorRef<EventLog.Message> log;
  private TestNode node;

  EventLogFixture() {
    shards.answer(
        WaitPaths.KIND,
        (name, message) -> {
          if (message instanceof WaitPaths.Get(var replyTo) && paths.containsKey(name)) {
            replyTo.tell(new WaitPaths.Known(name, paths.get(name)));
          }
        });
    node = new TestNode();
    begin();
  }

  private void begin() {
    index = new FaultyEvents(node.memory().events());
    log =
        node.kit()
            .spawn(
                EventLog.create(
                    0,
                    new EventLogSurroundings(
                        time,
                        shards,
                        index,
                        1,
                        _ -> FUNCTIONS,
                        (run, function, event, token, replyTo) ->
                            starts.add(new Start(run, function, event, token, replyTo)),
                        bytesMax)));
  }

  /** Ends the partition without asking it, and begins its next life on what is stored. */
  void crash() {
    Store memory = node.memory();
    node.close();
    starts.clear();
    node = new TestNode(memory);
    begin();
  }

  FaultyJournal journal() {
    return node.journal();
  }

  <T> TestProbe<T> probe(Class<T> type) {
    return node.kit().createTestProbe(type);
  }

  /** Has events stored. */
  void append(Event... events) {
    assertThat(ask(events).receiveMessage()).isEqualTo(new EventLog.Appended(false));
  }

  /** Asks from outside for events to be stored. */
  TestProbe<EventLog.Appended> ask(Event... events) {
    return ask(true, events);
  }

  /** Asks for events to be stored that a run sends. */
  TestProbe<EventLog.Appended> publish(Event... events) {
    return ask(false, events);
  }

  private TestProbe<EventLog.Appended> ask(boolean refusable, Event... events) {
    var probe = probe(EventLog.Appended.class);
    log.tell(new EventLog.Append(List.of(events), Optional.empty(), refusable, probe.getRef()));
    return probe;
  }

  /** The next run that is to be started. */
  Start nextStart() {
    try {
      var start = starts.poll(10, TimeUnit.SECONDS);
      assertThat(start).as("a start").isNotNull();
      return start;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next so many runs that are to be started. */
  Set<Start> nextStarts(int count) {
    return Stream.generate(this::nextStart).limit(count).collect(toSet());
  }

  Set<Ulid> nextRuns(int count) {
    return nextStarts(count).stream().map(Start::run).collect(toSet());
  }

  /** Whatever the partition was told before has been dealt with. */
  void sync() {
    var probe = probe(WaitPaths.Acknowledged.class);
    log.tell(new EventLog.PathAdded("sync", "", probe.getRef()));
    probe.receiveMessage();
  }

  /** The index has been asked so often to put something, and what it answered has been heard. */
  void awaitPuts(int count) {
    await().until(() -> index.puts.size() == count);
    sync();
    sync();
  }

  /** Turns the clock, and lets what rings be dealt with. */
  void advance(Duration by) {
    sync();
    time.advance(by);
    sync();
  }

  /** The timers that were asked for and are not answered. */
  List<Timers.Set> timers() {
    return shards.told(Timers.KIND, Timers.Set.class);
  }

  Optional<EventIndex.Row> row(Event event) {
    return node.memory().events().get(event.id()).toCompletableFuture().join();
  }

  @Override
  public void close() {
    node.close();
  }
}
