package dev.stepwell.cassandra.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private final List<String> entries = new ArrayList<>();

  @Test
  void factsComeBackWhateverTheirSize() {
    var large = new byte[3 * FactBytes.PART_BYTES];
    new Random(1).nextBytes(large);
    var facts = List.of(new byte[0], large, new byte[] {1, 2, 3});
    var bytes = FactBytes.encode(facts);
    var parts = FactBytes.parts(bytes);

    assertThat(parts).hasSize(4).allMatch(part -> part.remaining() <= FactBytes.PART_BYTES);
    assertThat(FactBytes.decode(FactBytes.join(parts)))
        .containsExactly(facts.toArray(byte[][]::new));
  }

  @Test
  void factsInAFormOfANewerVersionAreNotGuessed() {
    assertThatThrownBy(() -> FactBytes.decode(new byte[] {2, 0}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void anAppendInPartsIsHandedOverOnceItsLastPartIsThere() {
    var replay = replay(0);
    var parts = cut("a", "b", "c");

    for (var part = 0; part < parts.size(); part++) {
      assertThat(entries).isEmpty();
      replay.row(new FactRow(1, 1, part, 3, parts.size(), FactRow.NOTHING, parts.get(part)));
    }
    replay.row(whole(4, 1, "d"));

    assertThat(replay.end().last()).isEqualTo(4);
    assertThat(entries).containsExactly("1a", "2b", "3c", "4d");
  }

  @Test
  void partsWithoutAFirstOneMeanNothing() {
    var replay = replay(0);
    var parts = cut("x", "y");
    replay.row(whole(1, 2, "a"));
    replay.row(new FactRow(1, 1, 1, 0, 1, FactRow.NOTHING, parts.get(1)));
    replay.row(new FactRow(2, 2, 1, 0, 1, FactRow.NOTHING, parts.get(1)));
    replay.row(new FactRow(2, 2, 2, 0, 1, FactRow.NOTHING, parts.getLast()));

    assertThat(replay.end().last()).isEqualTo(1);
    assertThat(entries).containsExactly("1a");
  }

  @Test
  void aPartThatIsMissingIsNotPassedOver() {
    var parts = cut("a", "b");
    var between = replay(0);
    between.row(new FactRow(1, 1, 0, 2, parts.size(), FactRow.NOTHING, parts.getFirst()));
    assertThatThrownBy(() -> between.row(whole(3, 1, "c")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("missing");
    var atTheEnd = replay(0);
    atTheEnd.row(new FactRow(1, 1, 0, 2, parts.size(), FactRow.NOTHING, parts.getFirst()));
    assertThatThrownBy(atTheEnd::end)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void factsOfARowThatAreDeletedAreNotHandedOver() {
    var replay = replay(2);
    replay.row(whole(1, 1, "a", "b", "c", "d"));

    assertThat(entries).containsExactly("3c", "4d");
    assertThat(replay.end().last()).isEqualTo(4);
  }

  private Replay replay(long deletedTo) {
    return new Replay(
        new Chain("id", deletedTo),
        1,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        entry -> entries.add(entry.sequenceNr() + new String(entry.fact(), UTF_8)));
  }

  private static FactRow whole(long seq, long epoch, String... facts) {
    return new FactRow(
        seq, epoch, 0, facts.length, 1, FactRow.NOTHING, ByteBuffer.wrap(encode(facts)));
  }

  /** In parts of a few bytes. */
  private static List<ByteBuffer> cut(String... facts) {
    var bytes = encode(facts);
    var parts = new ArrayList<ByteBuffer>();
    for (var from = 0; from < bytes.length; from += 2) {
      parts.add(ByteBuffer.wrap(bytes, from, Math.min(2, bytes.length - from)).slice());
    }
    return parts;
  }

  private static byte[] encode(String... facts) {
    return FactBytes.encode(Stream.of(facts).map(fact -> fact.getBytes(UTF_8)).toList());
  }
}
