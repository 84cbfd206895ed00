package dev.stepwell.server.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.Engine;
import dev.stepwell.server.Stepwell;
import dev.stepwell.server.race.RaceFunctions.Meeting;
import dev.stepwell.server.race.RaceFunctions.Parting;
import dev.stepwell.server.race.RaceFunctions.Witness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Answers that come within 50 ms of the moment at which a wait begins or ends. Other figures than
 * those of every build: {@code -Drace.seed=1 -Drace.pairs=200000}.
 */
@Tag("race")
@Isolated
class WaitRaceTest {

  static final int OFFSET_MAX_MILLIS = 50;

  private static final int PAIRS = Integer.getInteger("race.pairs", 10_000);
  private static final int MEETINGS_MAX = 150;
  private static final int PARTINGS_MAX = 500;
  private static final int WATCHED_ONE_IN = 5;

  private final long seed = Long.getLong("race.seed", System.nanoTime());
  private final Random chance = new Random(seed);
  private final Notes notes = new Notes();
  @TempDir private Path directory;

  @Test
  void anAnswerAtTheMomentAWaitBeginsIsHeardIfItLooksBack() {
    var race = new Race(notes, MEETINGS_MAX);
    try (race;
        var node =
            Stepwell.node()
                .dataDir(directory)
                .port(0)
                .functions(new Meeting(notes, race))
                .start()) {
      race.on(node.engine());
      meet(race);
      var verdict = judge("begins, looking back", node.engine(), race, true, PAIRS / 2);
      assertThat(verdict.timedOut()).isZero();
    }
  }

  @Test
  void anAnswerAtTheMomentAWaitBeginsIsHeardIfItCameAfterThat() {
    var race = new Race(notes, MEETINGS_MAX);
    try (race;
        var node = ForgetfulNode.start(directory, new Meeting(notes, race))) {
      race.on(node.engine());
      meet(race);
      var verdict = judge("begins", node.engine(), race, false, PAIRS / 2);
      assertThat(verdict.timedOut()).isPositive();
    }
  }

  private void meet(Race race) {
    for (var i = 0; i < PAIRS / 2; i++) {
      race.start("meet-" + i, offset(), 1_000, false);
    }
  }

  @Test
  void anAnswerAtTheMomentAWaitEndsIsHeardIfItCameBeforeThat() {
    var race = new Race(notes, PARTINGS_MAX);
    try (race;
        var node =
            Stepwell.node()
                .dataDir(directory)
                .port(0)
                .setting("stepwell.engine.short-pause", "500ms")
                .functions(new Parting(notes, race), new Witness(notes))
                .start()) {
      race.on(node.engine());
      for (var i = 0; i < PAIRS; i++) {
        race.start("part-" + i, offset(), chance.nextLong(200, 800), i % WATCHED_ONE_IN == 0);
      }
      judge("ends", node.engine(), race, true, PAIRS);
    }
  }

  private Duration offset() {
    var max = Duration.ofMillis(OFFSET_MAX_MILLIS).toNanos();
    return Duration.ofNanos(chance.nextLong(-max, max));
  }

  private Verdict judge(String what, Engine engine, Race race, boolean looksBack, int pairs) {
    race.finish();
    var collector = new Collector(engine, notes, looksBack);
    var answers = collector.answers(race.answers());
    var verdict = Judge.judge(collector.runs(race.questions()), answers);
    assertThat(answers).hasSize(pairs);
    System.out.println("wait race, a wait " + what + ": " + verdict.text(pairs));
    assertThat(verdict.violations().stream().limit(20)).as("seed %d", seed).isEmpty();
    return verdict;
  }
}
