package dev.stepwell.engine.wakeup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * The wake-ups that a source has delivered and that are not settled yet. Each is due for a repeat a
 * second after its first delivery, then at twice the pause, up to {@link #PAUSE_MAX}.
 */
public final class Outstanding<T> {

  public static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
  public static final Duration PAUSE_MAX = Duration.ofSeconds(15);

  private record Entry<T>(T wakeUp, Instant repeatAt, Duration pause) {}

  private final Map<Long, Entry<T>> byToken = new LinkedHashMap<>();

  // Begins anywhere, so that answers meant for an earlier life of the source name nothing here.
  private long lastToken = ThreadLocalRandom.current().nextLong() >>> 1;

  /**
   * Keeps a wake-up that is about to be delivered.
   *
   * @return the token to deliver it with
   */
  public long add(T wakeUp, Instant now) {
    lastToken++;
    byToken.put(lastToken, new Entry<>(wakeUp, now.plus(PAUSE_FIRST), PAUSE_FIRST));
    return lastToken;
  }

  /** Forgets a wake-up, and returns it if it was still there. */
  public Optional<T> settled(long token) {
    return Optional.ofNullable(byToken.remove(token)).map(Entry::wakeUp);
  }

  /** Delivers again what is due for it, and puts off its next repeat. */
  public void repeat(Instant now, BiConsumer<T, Long> deliver) {
    for (var due : dueAt(now)) {
      var entry = due.getValue();
      var pause = longer(entry.pause());
      byToken.put(due.getKey(), new Entry<>(entry.wakeUp(), now.plus(pause), pause));
      deliver.accept(entry.wakeUp(), due.getKey());
    }
  }

  /** Makes everything due for a repeat at once: somebody who would have answered may be gone. */
  public void hurry(Instant now) {
    byToken.replaceAll((_, entry) -> new Entry<>(entry.wakeUp(), now, PAUSE_FIRST));
  }

  /** When the first repeat is due; empty if nothing is outstanding. */
  public Optional<Instant> nextRepeat() {
    return byToken.values().stream().map(Entry::repeatAt).min(Instant::compareTo);
  }

  public boolean isEmpty() {
    return byToken.isEmpty();
  }

  public int size() {
    return byToken.size();
  }

  /** The pause that follows a pause: twice as long, up to {@link #PAUSE_MAX}. */
  public static Duration longer(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : twice;
  }

  private List<Map.Entry<Long, Entry<T>>> dueAt(Instant now) {
    var due = new ArrayList<Map.Entry<Long, Entry<T>>>();
    byToken.forEach((token, entry) -> {
      if (!entry.repeatAt().isAfter(now)) {
        due.add(Map.entry(token, entry));
      }
    });
    return due;
  }
}
