package dev.stepwell.cassandra.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainTest {

  @Test
  void theHighestEpochOfANumberCounts() {
    assertThat(counting(0, row(1, 1, 2), row(3, 2, 1), row(3, 1, 4)))
        .containsExactly(row(1, 1, 2), row(3, 2, 1));
  }

  @Test
  void whatArrivesBehindTheEndInALowerEpochDoesNotCount() {
    assertThat(counting(0, row(1, 2, 1), row(2, 1, 1))).containsExactly(row(1, 2, 1));
  }

  @Test
  void aLateRowThatWasReadAndSealedCountsWhateverArrivesLater() {
    assertThat(counting(0, row(1, 1, 1), seal(2, 4, 2), row(2, 3, 2), row(2, 2, 1), row(3, 3, 1)))
        .containsExactly(row(1, 1, 1), row(2, 2, 1));
  }

  @Test
  void whereNothingWasReadLowerEpochsCountNoMore() {
    assertThat(counting(4, seal(5, 3, FactRow.NOTHING), row(5, 2, 1))).isEmpty();
    assertThat(counting(4, seal(5, 3, FactRow.NOTHING), row(5, 3, 1)))
        .containsExactly(row(5, 3, 1));
    assertThat(counting(4, row(5, 4, 1), seal(5, 3, FactRow.NOTHING), row(6, 4, 1)))
        .containsExactly(row(5, 4, 1), row(6, 4, 1));
  }

  @Test
  void theNewestSealCountsAndALateOneDoesNot() {
    assertThat(counting(0, seal(1, 5, 2), seal(1, 4, 1), row(1, 2, 1), row(1, 1, 3), row(2, 5, 1)))
        .containsExactly(row(1, 2, 1), row(2, 5, 1));
    assertThat(counting(0, row(1, 5, 1), seal(1, 4, 1), row(1, 1, 3)))
        .containsExactly(row(1, 5, 1));
  }

  @Test
  void lateRowsAreCounted() {
    var chain = new Chain("a", 0);
    chain.accept(row(1, 3, 1));
    chain.accept(row(1, 2, 1));
    chain.accept(row(1, 1, 1));
    chain.accept(row(2, 2, 1));
    assertThat(chain.ignored()).isEqualTo(3);
    assertThat(chain.last()).isEqualTo(1);
  }

  @Test
  void itsEndIsWhereItCanBeSealed() {
    var chain = new Chain("a", 4);
    assertThat(chain.tip()).isEqualTo(new Chain.Tip(5, FactRow.NOTHING));
    chain.accept(row(5, 2, 3));
    chain.accept(seal(8, 7, 3));
    chain.accept(row(8, 3, 1));
    assertThat(chain.tip()).isEqualTo(new Chain.Tip(8, 3));
    assertThat(chain.epoch()).isEqualTo(7);
  }

  @Test
  void aRowThatIsMissingIsNotPassedOver() {
    var chain = new Chain("some|id", 0);
    chain.accept(row(1, 1, 2));
    assertThatThrownBy(() -> chain.accept(row(4, 1, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the journal of some|id has a gap: 3 is missing, 4 of epoch 1 is there");
  }

  @Test
  void aSealedRowThatIsMissingIsNotPassedOver() {
    for (var next : List.of(row(1, 1, 1), row(2, 4, 1))) {
      var chain = new Chain("a", 0);
      chain.accept(seal(1, 3, 2));
      assertThatThrownBy(
              () -> {
                chain.accept(next);
                chain.end();
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("lacks the row of epoch 2 at 1");
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1 2 3", "2,3", "3,3", "4,''", "9,''"})
  void whatIsDeletedIsPassedOverAndNotCountedAsLate(long after, String left) {
    var chain = new Chain("a", after);
    var rows = List.of(row(1, 1, 1), row(2, 1, 1), row(3, 1, 2));
    var counting = rows.stream().filter(chain::accept).toList();
    assertThat(counting.stream().map(row -> String.valueOf(row.seq())).toList())
        .isEqualTo(left.isEmpty() ? List.of() : List.of(left.split(" ")));
    assertThat(chain.ignored()).isZero();
    assertThat(chain.last()).isEqualTo(Math.max(4, after));
  }

  @Test
  void aLateRowThatReachesBeyondWhatIsDeletedDoesNotCount() {
    assertThat(counting(1, row(1, 2, 1), row(1, 1, 3), row(2, 2, 1))).containsExactly(row(2, 2, 1));
  }

  @Test
  void aSealMayBeLeftOfWhatIsDeleted() {
    assertThat(counting(3, seal(2, 5, 4), row(4, 6, 1))).containsExactly(row(4, 6, 1));
  }

  /**
   * Owners come and go, and read again and again; each writes on from what it has read. Of the last
   * row or seal of each life nobody may know whether it is stored, and it may be there, or come
   * later, or never.
   */
  @Test
  void whatWasAcknowledgedOrReadIsReadForEverWhateverArrivesLate() {
    for (var seed = 0; seed < 50_000; seed++) {
      var history = new History(new Random(seed));
      for (var owner = 0; owner < 6; owner++) {
        history.own();
        assertThat(history.beginning()).as("seed %d", seed).isEqualTo(history.certain);
      }
    }
  }

  private static final class History {
    private final Random random;
    private final List<FactRow> stored = new ArrayList<>();
    private final List<FactRow> late = new ArrayList<>();
    private List<FactRow> certain = new ArrayList<>();
    private long epoch;

    private History(Random random) {
      this.random = random;
    }

    /** As much of what is read now as is certain. */
    private List<FactRow> beginning() {
      return beginning(counting(0, sorted().toArray(FactRow[]::new)));
    }

    private List<FactRow> beginning(List<FactRow> read) {
      return read.subList(0, Math.min(read.size(), certain.size()));
    }

    private void own() {
      epoch++;
      var taken = epoch;
      var inDoubt = false;
      for (var life = 0; life <= random.nextInt(4); life++) {
        inDoubt = live(taken, inDoubt);
        if (random.nextBoolean() && !late.isEmpty()) {
          stored.add(late.remove(random.nextInt(late.size())));
        }
      }
    }

    /** Returns whether nobody knows what became of its last write. */
    private boolean live(long taken, boolean inDoubt) {
      var chain = new Chain("a", 0);
      var read = sorted().filter(chain::accept).toList();
      chain.end();
      if (chain.isToBeSealed(taken, inDoubt)) {
        var seal = seal(chain.tip().seq(), epoch, chain.tip().epoch());
        if (random.nextInt(4) == 0) {
          return lose(seal);
        }
        stored.add(seal);
      }
      assertThat(beginning(read)).isEqualTo(certain);
      certain = new ArrayList<>(read);
      var next = chain.last() + 1;
      for (var i = random.nextInt(3); i > 0; i--) {
        var row = row(next, epoch, 1 + random.nextInt(3));
        next += row.count();
        stored.add(row);
        certain.add(row);
      }
      return random.nextBoolean() && lose(row(next, epoch, 1 + random.nextInt(3)));
    }

    private boolean lose(FactRow row) {
      (random.nextBoolean() ? stored : late).add(row);
      epoch++;
      return true;
    }

    private Stream<FactRow> sorted() {
      return stored.stream()
          .sorted(
              Comparator.comparingLong(FactRow::seq)
                  .thenComparing(FactRow::epoch, Comparator.reverseOrder())
                  .thenComparing(FactRow::part));
    }
  }

  private static List<FactRow> counting(long after, FactRow... rows) {
    var chain = new Chain("a", after);
    var counting = Arrays.stream(rows).filter(chain::accept).toList();
    chain.end();
    return counting;
  }

  private static FactRow row(long seq, long epoch, int count) {
    return new FactRow(seq, epoch, 0, count, 1, FactRow.NOTHING, null);
  }

  private static FactRow seal(long seq, long epoch, long sealed) {
    return new FactRow(seq, epoch, FactRow.SEAL, 0, 1, sealed, null);
  }
}
