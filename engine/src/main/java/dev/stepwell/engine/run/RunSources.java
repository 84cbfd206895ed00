package dev.stepwell.engine.run;

import dev.stepwell.engine.wakeup.Answer;
import java.util.ArrayList;
import java.util.List;

/** The wake-ups of a life, each kept by its source until the run has settled. */
final class RunSources {

  /**
   * One of them.
   *
   * @param late whether the run had no use for what it carried
   */
  private record Source(RunEntity.WakeUp wakeUp, boolean late) {}

  private final List<Source> sources = new ArrayList<>();

  /**
   * Adds a wake-up.
   *
   * @return whether it has come before, and is repeated
   */
  boolean add(RunEntity.WakeUp wakeUp) {
    return add(new Source(wakeUp, false));
  }

  /** The same for one that came too late. */
  boolean addLate(RunEntity.WakeUp wakeUp) {
    return add(new Source(wakeUp, true));
  }

  private boolean add(Source source) {
    var again = sources.removeIf(known -> isSame(known.wakeUp(), source.wakeUp()));
    sources.add(source);
    return again;
  }

  private static boolean isSame(RunEntity.WakeUp one, RunEntity.WakeUp other) {
    return one.token() == other.token() && one.source().equals(other.source());
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  boolean hasLate() {
    return sources.stream().anyMatch(Source::late);
  }

  /** Tells all that they may forget their wake-ups. */
  void settled() {
    for (var source : sources) {
      var token = source.wakeUp().token();
      source
          .wakeUp()
          .source()
          .tell(source.late() ? new Answer.TooLate(token) : new Answer.Settled(token));
    }
    sources.clear();
  }

  List<RunEntity.WakeUp> wakeUps() {
    return sources.stream().map(Source::wakeUp).toList();
  }

  void clear() {
    sources.clear();
  }
}
