package dev.stepwell.server.race;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks a node what has become of events and runs. */
final class Collector {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 200;

  private final Engine engine;
  private final Notes notes;
  private final boolean looksBack;

  /**
   * For a node.
   *
   * @param looksBack whether its waits look back to the start of their run
   */
  Collector(Engine engine, Notes notes, boolean looksBack) {
    this.engine = engine;
    this.notes = notes;
    this.looksBack = looksBack;
  }

  List<Seen.Answer> answers(Collection<Ulid> events) {
    return rows(events).stream()
        .map(row -> new Seen.Answer(key(row.event().data()), row.event().receivedAtMillis()))
        .toList();
  }

  /** All runs that the events have started. */
  List<Seen.Run> runs(Collection<Ulid> starts) {
    var ids = rows(starts).stream().flatMap(row -> engine.runsOf(row).stream()).toList();
    return all(ids, engine::run).stream().map(view -> run(view.orElseThrow())).toList();
  }

  private List<EventIndex.Row> rows(Collection<Ulid> events) {
    return all(events, engine.events()::get).stream().map(Optional::orElseThrow).toList();
  }

  private static <T> List<T> all(Collection<Ulid> ids, Function<Ulid, CompletionStage<T>> ask) {
    var answers = new ArrayList<T>(ids.size());
    var asked = new ArrayList<CompletableFuture<T>>(AT_ONCE);
    for (var id : ids) {
      asked.add(ask.apply(id).toCompletableFuture());
      if (asked.size() == AT_ONCE) {
        asked.forEach(answer -> answers.add(answer.join()));
        asked.clear();
      }
    }
    asked.forEach(answer -> answers.add(answer.join()));
    return answers;
  }

  private Seen.Run run(RunView view) {
    return new Seen.Run(
        view.id().toString(),
        key(view.event().data()),
        view.status() == RunStatus.COMPLETED,
        view.steps().stream()
            .filter(step -> step.kind() == RunView.Kind.WAIT)
            .map(step -> wait(view, step))
            .toList(),
        notes.of(view.id().toString()));
  }

  private Seen.Wait wait(RunView view, RunView.StepView step) {
    var started = step.startedAt().toEpochMilli();
    var since = looksBack ? view.event().receivedAtMillis() : started;
    var until = started + RaceFunctions.waitMillis(step.name());
    var ended = step.endedAt().map(Instant::toEpochMilli);
    return new Seen.Wait(
        step.name(),
        since,
        started,
        until,
        step.phase() == RunView.Phase.COMPLETED
            ? step.output().map(Collector::key)
            : Optional.empty(),
        ended.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static String key(Json data) {
    try {
      return JSON.readTree(data.utf8()).path("key").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
