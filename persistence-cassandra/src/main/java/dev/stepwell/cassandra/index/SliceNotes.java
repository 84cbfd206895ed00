package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notes which slices have something in them, see {@link Slices}: together with what is written to
 * the slice, and so often that nobody forgets the slice meanwhile.
 */
final class SliceNotes {

  /** So long nobody forgets what was noted, as far as this process may rely on it. */
  private static final long RELIABLE_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final int NOTE_BYTES = 40;
  private static final int NOTED_MAX = 50_000;

  /** A slice of a list, or a day of it. */
  private record Note(SliceList list, long from, boolean isDay) {}

  private final InstantSource clock;
  private final PreparedStatement noteSlice;
  private final PreparedStatement noteDay;

  /** What this process has noted, and when. */
  private final Map<Note, Long> noted = new ConcurrentHashMap<>();

  SliceNotes(Cql cql, InstantSource clock) {
    this.clock = clock;
    noteSlice =
        cql.prepareIdempotent("INSERT INTO slices (list, day, slice, noted) VALUES (?, ?, ?, ?)");
    noteDay = cql.prepareIdempotent("INSERT INTO slice_days (list, day, noted) VALUES (?, ?, ?)");
  }

  /** Begins a write. */
  Write begin() {
    return new Write(clock.millis());
  }

  /** What one write notes. */
  final class Write {

    private final long now;
    private final Set<Note> fresh = new LinkedHashSet<>();

    private Write(long now) {
      this.now = now;
    }

    /** Something is written to a list, at an instant. */
    void add(SliceList list, long millis) {
      var slice = list.slicing().of(millis);
      if (add(new Note(list, slice, false))) {
        add(new Note(list, Slices.day(slice), true));
      }
    }

    private boolean add(Note note) {
      var before = noted.get(note);
      return (before == null || before + RELIABLE_MILLIS < now) && fresh.add(note);
    }

    /** What is to be written with it. */
    List<Mutation> mutations() {
      return fresh.stream().map(note -> mutation(note, now)).toList();
    }

    /** The write has succeeded. */
    void succeeded() {
      if (noted.size() > NOTED_MAX) {
        noted.clear();
      }
      fresh.forEach(note -> noted.put(note, now));
    }
  }

  private Mutation mutation(Note note, long now) {
    var list = note.list().name();
    var bytes = NOTE_BYTES + list.length();
    if (note.isDay()) {
      return Mutation.put(
          List.of("slice_days", list),
          List.of(note.from()),
          noteDay.bind(list, note.from(), now),
          bytes);
    }
    var day = Slices.day(note.from());
    return Mutation.put(
        List.of("slices", list, day),
        List.of(note.from()),
        noteSlice.bind(list, day, note.from(), now),
        bytes);
  }
}
