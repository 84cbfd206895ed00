package dev.stepwell.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.Store;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever in the life of an event and its runs the process ends, nobody notices, whatever the
 * store. Each tale is told with a crash at the first time that a point is reached, then at the
 * second, and so on until it gets through.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CrashPointContract {

  private static final int MORE_THAN_ANY_TALE_HITS = 100;

  private final Tally tally = new Tally();

  /** Opens a store with nothing in it. */
  protected abstract Store open();

  /** In which manners the process is to end besides {@link Manner#ONCE}. */
  protected abstract Set<Manner> others();

  static Stream<Tale> tales() {
    return Tales.all();
  }

  @ParameterizedTest
  @MethodSource("tales")
  void aCrashAtAnyNamedPointChangesNothing(Tale tale) {
    try (var store = open();
        var stage = new Stage(tale, store)) {
      var without = stage.tell(List.of());
      for (var point : CrashPoint.values()) {
        if (without.hits(point.behind()) > 0) {
          var hits = crashAtEach(point, tale, stage);
          others().stream()
              .filter(manner -> manner != Manner.LATE || pauses(without))
              .forEach(manner -> crashAgain(point, hits, manner, tale, stage));
        }
      }
    }
  }

  /** Where nothing is waited for, it makes no difference how late it is. */
  private static boolean pauses(Injector told) {
    return told.hits(CrashPoint.S1) > 0;
  }

  /** Returns how often the point is hit. */
  private int crashAtEach(CrashPoint point, Tale tale, Stage stage) {
    for (var hit = 1; hit < MORE_THAN_ANY_TALE_HITS; hit++) {
      var told = tell(point, Manner.ONCE.crashes(point, hit), tale, stage);
      if (told.crashes(point) == 0) {
        tally.add(point, tale, told.hits(point), hit - 1);
        return hit - 1;
      }
    }
    throw new AssertionError(point + " is hit again and again");
  }

  private void crashAgain(CrashPoint point, int hits, Manner manner, Tale tale, Stage stage) {
    for (var hit = 1; hit <= hits; hit++) {
      var told = tell(point, manner.crashes(point, hit), tale, stage);
      tally.add(point, tale, 0, told.crashes(point));
    }
  }

  private Injector tell(CrashPoint point, List<Crash> crashes, Tale tale, Stage stage) {
    return point.needsNewStore() ? tellOnNewStore(tale, crashes) : stage.tell(crashes);
  }

  private Injector tellOnNewStore(Tale tale, List<Crash> crashes) {
    try (var store = open();
        var stage = new Stage(tale, store)) {
      return stage.tell(crashes);
    }
  }

  @AfterAll
  void everyNamedPointWasHit() {
    System.out.println(getClass().getSimpleName() + ", crashes at named points\n" + tally);
    assertThat(tally.crashed()).containsExactly(CrashPoint.values());
  }
}
