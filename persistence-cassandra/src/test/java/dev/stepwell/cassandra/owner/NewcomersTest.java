package dev.stepwell.cassandra.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Ulid;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewcomersTest {

  private static final long NOON = 1_767_268_800_000L;

  @Test
  void anIdThatIsYoungerThanTheClaimAndWasNotBegunIsNew() {
    var newcomers = new Newcomers(NOON);
    newcomers.add(Ulid.of(NOON + 1, 0, 1));

    assertThat(newcomers.lacks(Ulid.of(NOON + 1, 0, 2))).isTrue();
    assertThat(newcomers.lacks(Ulid.of(NOON + 1, 0, 1))).isFalse();
    assertThat(newcomers.lacks(Ulid.of(NOON, 0, 2))).isFalse();
  }

  @Test
  void noIdThatWasBegunIsEverTakenForNewHoweverManyCameSince() {
    var random = new Random(1);
    var newcomers = new Newcomers(NOON);
    var begun = new HashSet<Ulid>();
    for (var i = 0; i < 50_000; i++) {
      var id = Ulid.of(NOON + i / 10 + random.nextInt(2_000), random.nextInt(), i);
      newcomers.add(id);
      begun.add(id);
      if (i % 5_000 == 0) {
        assertThat(begun).noneMatch(newcomers::lacks);
      }
    }
    assertThat(begun).noneMatch(newcomers::lacks);
    assertThat(newcomers.lacks(Ulid.of(NOON + 10_000, 0, -1))).isTrue();
  }
}
