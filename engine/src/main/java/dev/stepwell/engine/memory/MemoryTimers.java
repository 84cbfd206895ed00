package dev.stepwell.engine.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.port.TimerStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** For each partition its rows, in order of instant and then of the key's UTF-8. */
final class MemoryTimers implements TimerStore {

  private record Place(long dueAtMillis, String key) implements Comparable<Place> {
    static Place of(Row row) {
      return new Place(row.dueAtMillis(), row.key());
    }

    /** Before every row of that instant. */
    static Place at(long millis) {
      return new Place(millis, "");
    }

    @Override
    public int compareTo(Place other) {
      var byTime = Long.compare(dueAtMillis, other.dueAtMillis);
      return byTime != 0
          ? byTime
          : Arrays.compareUnsigned(key.getBytes(UTF_8), other.key.getBytes(UTF_8));
    }
  }

  private final Calls calls;
  private final Map<Integer, NavigableMap<Place, Row>> partitions = new HashMap<>();

  MemoryTimers(Calls calls) {
    this.calls = calls;
  }

  @Override
  public CompletionStage<Void> put(int partition, List<Row> rows) {
    return calls.perform(() -> rows.forEach(row -> of(partition).put(Place.of(row), row)));
  }

  @Override
  public CompletionStage<Void> delete(int partition, List<Row> rows) {
    return calls.perform(() -> rows.forEach(row -> of(partition).remove(Place.of(row))));
  }

  @Override
  public CompletionStage<List<Row>> between(
      int partition, long fromMillis, long untilMillis, int limit) {
    return calls.answer(() ->
        of(partition).tailMap(Place.at(fromMillis), true).values().stream()
            .takeWhile(row -> row.dueAtMillis() < untilMillis)
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<OptionalLong> next(int partition, long fromMillis) {
    return calls.answer(() -> {
      var first = of(partition).ceilingKey(Place.at(fromMillis));
      return first == null ? OptionalLong.empty() : OptionalLong.of(first.dueAtMillis());
    });
  }

  private NavigableMap<Place, Row> of(int partition) {
    return partitions.computeIfAbsent(partition, _ -> new TreeMap<>());
  }
}
