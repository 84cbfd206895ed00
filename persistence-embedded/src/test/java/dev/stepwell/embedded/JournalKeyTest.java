package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.wire.Ulid;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys of facts lie in order and apart. */
final class JournalKeyTest {

  private static final List<Long> NUMBERS =
      List.of(0L, 1L, 2L, 127L, 128L, 255L, 256L, 65_535L, 65_536L, 1L << 40, Long.MAX_VALUE);

  @Test
  void orderAsTheirNumbersDo() {
    var prefix = JournalKey.prefix("run|1");
    for (var i = 1; i < NUMBERS.size(); i++) {
      var before = JournalKey.of(prefix, NUMBERS.get(i - 1));
      var after = JournalKey.of(prefix, NUMBERS.get(i));
      assertThat(Arrays.compareUnsigned(before, after)).isNegative();
      assertThat(JournalKey.sequenceNr(prefix, after)).isEqualTo(NUMBERS.get(i));
      assertThat(Arrays.compareUnsigned(after, JournalKey.end(prefix))).isNegative();
    }
    assertThat(JournalKey.head(prefix)).isEqualTo(JournalKey.of(prefix, 0));
  }

  @Test
  void lieOutsideTheKeysOfOtherIds() {
    var ids = List.of("", "a", "aa", "a\u0000", "a\u0001", "b", "a".repeat(255), "a".repeat(256));
    for (var id : ids) {
      var from = JournalKey.head(JournalKey.prefix(id));
      var until = JournalKey.end(JournalKey.prefix(id));
      for (var other : ids) {
        for (var number : NUMBERS) {
          var key = JournalKey.of(JournalKey.prefix(other), number);
          var inside =
              Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, until) < 0;
          assertThat(inside).isEqualTo(id.equals(other));
        }
      }
    }
  }

  @Test
  void tellRunsByTheUlidAtTheirEnd() {
    assertThat(JournalKey.family("run|" + Ulid.of(1, 2, 3))).isEqualTo(Family.RUN_FACTS);
    assertThat(JournalKey.family("events|12")).isEqualTo(Family.FACTS);
    assertThat(JournalKey.family("")).isEqualTo(Family.FACTS);
    assertThat(JournalKey.family("|" + Ulid.of(1, 2, 3))).isEqualTo(Family.FACTS);
  }

  @Test
  void areRefusedForIdsTooLong() {
    var id = "x".repeat(65_536);
    assertThatThrownBy(() -> JournalKey.prefix(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
