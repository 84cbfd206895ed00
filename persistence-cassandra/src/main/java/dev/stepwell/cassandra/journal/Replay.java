package dev.stepwell.cassandra.journal;

import dev.stepwell.engine.port.Journal.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries of an id's rows: of those that count, see {@link Chain}, and as many as were asked
 * for.
 */
final class Replay {

  private final Chain chain;
  private final long from;
  private final long to;
  private final long max;
  private final Consumer<Entry> into;
  private long handedOver;

  /** A row that counts, until its last part is there. */
  private @Nullable FactRow open;

  private final List<ByteBuffer> parts = new ArrayList<>();

  Replay(Chain chain, long from, long to, long max, Consumer<Entry> into) {
    this.chain = chain;
    this.from = from;
    this.to = to;
    this.max = max;
    this.into = into;
  }

  Chain chain() {
    return chain;
  }

  /**
   * The next row, in order of number, then from the highest epoch down, then of part.
   *
   * @throws IllegalStateException if something is missing before it
   */
  void row(FactRow row) {
    if (open != null && isPartOf(open, row)) {
      part(open, row);
    } else {
      checkWhole();
      if (chain.accept(row)) {
        open = row;
        part(row, row);
      }
    }
  }

  /**
   * There are no more rows.
   *
   * @throws IllegalStateException if something is missing at the end
   */
  Chain end() {
    checkWhole();
    chain.end();
    return chain;
  }

  private void checkWhole() {
    if (open != null) {
      throw new IllegalStateException(
          "part %d of %d of the facts from number %d is missing"
              .formatted(parts.size(), open.parts(), open.seq()));
    }
  }

  private static boolean isPartOf(FactRow whole, FactRow row) {
    return row.seq() == whole.seq() && row.epoch() == whole.epoch() && row.part() > 0;
  }

  private void part(FactRow whole, FactRow part) {
    if (part.part() == parts.size()) {
      parts.add(Objects.requireNonNull(part.bytes()));
    }
    if (parts.size() == whole.parts()) {
      handOver(whole.seq(), FactBytes.decode(FactBytes.join(parts)));
      parts.clear();
      open = null;
    }
  }

  private void handOver(long first, List<byte[]> facts) {
    var sequenceNr = first;
    for (var fact : facts) {
      if (sequenceNr > chain.after()
          && sequenceNr >= from
          && sequenceNr <= to
          && handedOver < max) {
        handedOver++;
        into.accept(new Entry(sequenceNr, fact));
      }
      sequenceNr++;
    }
  }
}
