package dev.stepwell.cassandra.journal;

/**
 * Tells which of an id's rows count, when they come in order of their numbers, and of those with
 * the same number the highest epoch first.
 *
 * <p>Of the rows that begin at a number the one with the highest epoch counts, and epochs never go
 * down from row to row. What else there is arrived late, from a writer who was never told that it
 * had been stored. But the one that arrives last may be of a higher epoch than one that was read
 * before, and built upon. So whoever reads for the first time seals what he has read: the last row,
 * whatever its epoch, counts from then on as if it were of his own; of a number where nothing was,
 * lower epochs count no more.
 */
final class Chain {

  private final String id;
  private final long after;
  private long next;
  private long epoch;
  private boolean begun;
  private Tip tip;
  private long ignored;

  // Of the rows that begin at this number:
  private long number;
  private boolean decided;
  private long wanted = FactRow.NOTHING;
  private long wantedAs;

  /**
   * Where a chain ends.
   *
   * @param seq where its last row begins; or where the next one would, if there is none
   * @param epoch the one that row was written in, or {@link FactRow#NOTHING}
   */
  record Tip(long seq, long epoch) {}

  /**
   * A chain that begins after a number.
   *
   * @param after the last number that is deleted; 0 if none is
   */
  Chain(String id, long after) {
    this.id = id;
    this.after = after;
    next = after + 1;
    tip = new Tip(next, FactRow.NOTHING);
  }

  /**
   * Whether the next row counts. A seal does not, nor does a part other than the first.
   *
   * @throws IllegalStateException if a row is missing before it
   */
  boolean accept(FactRow row) {
    if (row.seq() != number) {
      end();
      number = row.seq();
      decided = false;
    }
    if (row.isSeal()) {
      seal(row);
      return false;
    }
    return row.part() == 0 && acceptFirst(row);
  }

  private void seal(FactRow seal) {
    if (decided || wanted != FactRow.NOTHING || seal.epoch() < epoch) {
      return;
    }
    if (seal.sealed() != FactRow.NOTHING) {
      wanted = seal.sealed();
      wantedAs = seal.epoch();
    } else if (seal.seq() == next) {
      epoch = seal.epoch();
    }
  }

  private boolean acceptFirst(FactRow row) {
    if (decided || wanted != FactRow.NOTHING && row.epoch() != wanted) {
      ignored++;
      return false;
    }
    var as = wanted == FactRow.NOTHING ? row.epoch() : wantedAs;
    wanted = FactRow.NOTHING;
    decided = true;
    if (!begun && row.seq() + row.count() <= next) {
      return false; // deleted, or about to be
    }
    if (as < epoch || begun && row.seq() < next) {
      ignored++;
      return false;
    }
    if (row.seq() > next) {
      throw gap(next, row);
    }
    begun = true;
    next = row.seq() + row.count();
    epoch = as;
    tip = new Tip(row.seq(), row.epoch());
    return true;
  }

  /**
   * There are no more rows.
   *
   * @throws IllegalStateException if one is missing
   */
  void end() {
    checkFound();
    wanted = FactRow.NOTHING;
  }

  /** Of what is deleted the seals may be left. */
  private void checkFound() {
    if (wanted != FactRow.NOTHING && number > after) {
      throw new IllegalStateException(
          "the journal of %s lacks the row of epoch %d at %d, which epoch %d has read"
              .formatted(id, wanted, number, wantedAs));
    }
  }

  private IllegalStateException gap(long missing, FactRow row) {
    return new IllegalStateException(
        "the journal of %s has a gap: %d is missing, %d of epoch %d is there"
            .formatted(id, missing, row.seq(), row.epoch()));
  }

  /** The number of the last fact so far. */
  long last() {
    return next - 1;
  }

  /** The last number that is deleted. */
  long after() {
    return after;
  }

  /** The epoch that its end has, so far, by itself or by a seal. */
  long epoch() {
    return epoch;
  }

  /**
   * Whether what was read may still change: something may arrive late that is younger than the end,
   * and not of this owner's knowledge.
   *
   * @param taken the epoch in which the owner has taken the shard
   * @param inDoubt whether there is a write of the owner of which it does not know what has become
   */
  boolean isToBeSealed(long taken, boolean inDoubt) {
    return inDoubt || epoch < taken && last() > 0;
  }

  Tip tip() {
    return tip.epoch() == FactRow.NOTHING ? new Tip(next, FactRow.NOTHING) : tip;
  }

  /** How many rows arrived too late to count, so far. */
  long ignored() {
    return ignored;
  }
}
