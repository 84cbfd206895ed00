package dev.stepwell.engine.memory;

import dev.stepwell.engine.port.Journal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** For each id its facts and snapshots by number, and the highest number there ever was. */
final class MemoryJournal implements Journal {

  private static final class Story {
    private long highest;
    private final NavigableMap<Long, byte[]> facts = new TreeMap<>();
    private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
  }

  private final Calls calls;
  private final Map<String, Story> stories = new HashMap<>();

  MemoryJournal(Calls calls) {
    this.calls = calls;
  }

  @Override
  public CompletionStage<Void> append(
      String persistenceId, long firstSequenceNr, List<byte[]> facts) {
    return calls.perform(() -> {
      var story = stories.computeIfAbsent(persistenceId, _ -> new Story());
      // Other stores do not look. Here a second writer, or a gap, is found by any test.
      if (firstSequenceNr != story.highest + 1) {
        throw new IllegalStateException(
            persistenceId + " is at " + story.highest + ", and is given " + firstSequenceNr);
      }
      for (var fact : facts) {
        story.facts.put(++story.highest, fact);
      }
    });
  }

  @Override
  public boolean isNew(String persistenceId) {
    return calls.isSo(() -> !stories.containsKey(persistenceId));
  }

  @Override
  public CompletionStage<Long> replay(
      String persistenceId, long from, long to, long max, Consumer<Entry> into) {
    record Found(List<Entry> entries, long highest) {}
    return calls
        .answer(() -> {
          var story = stories.get(persistenceId);
          return new Found(entries(story, from, to, max), story == null ? 0 : story.highest);
        })
        .thenApply(found -> {
          found.entries().forEach(into);
          return found.highest();
        });
  }

  private static List<Entry> entries(@Nullable Story story, long from, long to, long max) {
    if (story == null || from > to) {
      return List.of();
    }
    return story.facts.subMap(from, true, to, true).entrySet().stream()
        .limit(Math.max(0, max))
        .map(row -> new Entry(row.getKey(), row.getValue()))
        .toList();
  }

  @Override
  public CompletionStage<Void> deleteTo(String persistenceId, long to) {
    return calls.perform(() -> {
      var story = stories.get(persistenceId);
      if (story != null) {
        story.facts.headMap(to, true).clear();
      }
    });
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String persistenceId, Snapshot snapshot) {
    return calls.perform(() ->
        stories
            .computeIfAbsent(persistenceId, _ -> new Story())
            .snapshots
            .put(snapshot.sequenceNr(), snapshot));
  }

  @Override
  public CompletionStage<Optional<Snapshot>> loadSnapshot(
      String persistenceId, long maxSequenceNr) {
    return calls.answer(() ->
        Optional.ofNullable(stories.get(persistenceId))
            .map(story -> story.snapshots.floorEntry(maxSequenceNr))
            .map(Map.Entry::getValue));
  }

  @Override
  public CompletionStage<Void> deleteSnapshots(String persistenceId, long maxSequenceNr) {
    return calls.perform(() -> {
      var story = stories.get(persistenceId);
      if (story != null) {
        story.snapshots.headMap(maxSequenceNr, true).clear();
      }
    });
  }

  @Override
  public CompletionStage<Void> purge(List<String> persistenceIds) {
    return calls.perform(() -> persistenceIds.forEach(stories::remove));
  }
}
