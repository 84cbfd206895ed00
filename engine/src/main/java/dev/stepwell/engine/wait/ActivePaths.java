package dev.stepwell.engine.wait;

import dev.stepwell.engine.wakeup.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Which paths are active, as far as this partition has heard, and which it has asked for. Asks
 * again after a second, then at twice the pause, until it is told.
 */
final class ActivePaths {

  static final int KNOWN_MAX = 10_000;

  /** A path of an event name; the empty path for waits without equality. */
  record Path(String event, String path) {
    static Path of(Wait wait) {
      var key = wait.key();
      return new Path(key.event(), key.path());
    }
  }

  private static final class Asked {
    final List<Wait.Id> waiting = new ArrayList<>();
    Duration pause = Outstanding.PAUSE_FIRST;
    Instant repeatAt;

    Asked(Instant repeatAt) {
      this.repeatAt = repeatAt;
    }
  }

  private final Consumer<Path> ensure;
  private final Map<Path, Asked> asked = new HashMap<>();
  private final Map<Path, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Long> eldest) {
          return size() > KNOWN_MAX;
        }
      };

  /**
   * Begins knowing nothing.
   *
   * @param ensure asks for a path to be made active; {@link #activated} follows, perhaps
   */
  ActivePaths(Consumer<Path> ensure) {
    this.ensure = ensure;
  }

  /** Since when the path of a wait is active. If that is not known, asks on the wait's behalf. */
  OptionalLong since(Wait wait, Instant now) {
    var path = Path.of(wait);
    var since = known.get(path);
    if (since != null) {
      return OptionalLong.of(since);
    }
    var earlier = asked.get(path);
    if (earlier == null) {
      earlier = new Asked(now.plus(Outstanding.PAUSE_FIRST));
      asked.put(path, earlier);
      ensure.accept(path);
    }
    earlier.waiting.add(wait.id());
    return OptionalLong.empty();
  }

  /** Remembers that a path is active, and returns the waits on whose behalf it was asked for. */
  List<Wait.Id> activated(Path path, long sinceMillis) {
    known.put(path, sinceMillis);
    var answered = asked.remove(path);
    return answered == null ? List.of() : answered.waiting;
  }

  boolean mustRepeat() {
    return !asked.isEmpty();
  }

  void repeat(Instant now) {
    asked.forEach((path, ask) -> {
      if (!ask.repeatAt.isAfter(now)) {
        ask.pause = Outstanding.longer(ask.pause);
        ask.repeatAt = now.plus(ask.pause);
        ensure.accept(path);
      }
    });
  }

  /** Asks again at once: somebody who would have answered may be gone. */
  void hurry(Instant now) {
    asked
        .values()
        .forEach(ask -> {
          ask.repeatAt = now;
          ask.pause = Outstanding.PAUSE_FIRST;
        });
    repeat(now);
  }
}
