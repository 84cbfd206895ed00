package dev.stepwell.testkit.crash;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts at which points the process could have ended, and did. */
final class Tally {

  private record Row(Set<String> tales, int hits, int crashes) {}

  private final Map<CrashPoint, Row> rows = new EnumMap<>(CrashPoint.class);

  void add(CrashPoint point, Tale tale, int hits, int crashes) {
    rows.merge(
        point,
        new Row(hits + crashes == 0 ? Set.of() : Set.of(tale.name()), hits, crashes),
        Tally::plus);
  }

  private static Row plus(Row one, Row other) {
    var tales = new TreeSet<>(one.tales());
    tales.addAll(other.tales());
    return new Row(tales, one.hits() + other.hits(), one.crashes() + other.crashes());
  }

  Set<CrashPoint> crashed() {
    var crashed = new TreeSet<CrashPoint>();
    rows.forEach((point, row) -> {
      if (row.crashes() > 0) {
        crashed.add(point);
      }
    });
    return crashed;
  }

  @Override
  public String toString() {
    var text = new StringBuilder("point  functions  hits  crashes\n");
    rows.forEach((point, row) ->
        text.append(
            "%-5s  %9d  %4d  %7d%n"
                .formatted(point, row.tales().size(), row.hits(), row.crashes())));
    return text.toString();
  }
}
