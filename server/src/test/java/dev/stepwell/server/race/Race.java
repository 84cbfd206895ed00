package dev.stepwell.server.race;

import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks questions, answers each near its moment, and remembers which events those were. */
final class Race implements RaceFunctions.Notice, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(1);

  private final Notes notes;
  private final int runsMax;
  private final CompletableFuture<Engine> engine = new CompletableFuture<>();
  private final ScheduledExecutorService alarms = Executors.newScheduledThreadPool(2);
  private final Map<String, Duration> offsets = new ConcurrentHashMap<>();
  private final Queue<CompletableFuture<Ulid>> questions = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<Ulid>> answers = new ConcurrentLinkedQueue<>();
  private int runs;

  /**
   * Waits for its node.
   *
   * @param notes that the runs write
   * @param runsMax that may be under way at once, so that a slow machine is not overrun
   */
  Race(Notes notes, int runsMax) {
    this.notes = notes;
    this.runsMax = runsMax;
  }

  /** Returns once questions start runs on the node; the first that does is nobody's. */
  void on(Engine newEngine) {
    engine.complete(newEngine);
    runs =
        await()
            .atMost(PATIENCE)
            .until(() -> runsOf(ask("nobody", 1, false)), started -> started > 0);
  }

  private int runsOf(CompletableFuture<Ulid> event) {
    var index = engine.join().events();
    return await()
        .until(() -> index.get(event.join()).toCompletableFuture().join(), Optional::isPresent)
        .map(row -> row.functions().size())
        .orElseThrow();
  }

  /**
   * Asks a question now, once there is room for more runs.
   *
   * @param offset between the moment and the answer
   * @param watched whether it starts two runs
   */
  void start(String key, Duration offset, long waitMillis, boolean watched) {
    var count = watched ? 2 : 1;
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK_EVERY)
        .until(() -> runs + count - notes.runs() <= runsMax);
    runs += count;
    offsets.put(key, offset);
    questions.add(ask(key, waitMillis, watched));
  }

  @Override
  public void of(String key, Duration in) {
    var offset = offsets.remove(key);
    if (offset != null) {
      var _ =
          alarms.schedule(
              () -> answers.add(send("race/answer", "{\"key\":\"%s\"}".formatted(key))),
              in.plus(offset).toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  /** Returns when every run that was started has written its note. */
  void finish() {
    await().atMost(PATIENCE).until(() -> notes.runs() == runs);
  }

  private CompletableFuture<Ulid> ask(String key, long waitMillis, boolean watched) {
    var data =
        "{\"key\":\"%s\",\"waitMillis\":%d,\"watched\":%b}".formatted(key, waitMillis, watched);
    return send("race/question", data);
  }

  private CompletableFuture<Ulid> send(String name, String data) {
    return engine
        .join()
        .send(List.of(NewEvent.of(name, Json.of(data))), Optional.empty())
        .thenApply(List::getFirst)
        .toCompletableFuture();
  }

  /** The events that have started runs. */
  List<Ulid> questions() {
    return ids(questions);
  }

  List<Ulid> answers() {
    return ids(answers);
  }

  private static List<Ulid> ids(Collection<CompletableFuture<Ulid>> accepted) {
    return accepted.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    alarms.shutdownNow();
  }
}
