package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.port.Journal.Snapshot;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.wire.Ulid;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Writes as fast as it is acknowledged, and says on its output what has been: a line is written
 * when the stage completes, so whoever reads it may rely on it.
 */
final class CrashWriter {

  /** Small, so that memory is flushed, files are compacted and logs are used again all the time. */
  static final EmbeddedConfig CONFIG = new EmbeddedConfig(1 << 20, 2 << 20, 2 << 20, 64 << 20);

  private static final int WRITERS = 24;

  private final EmbeddedStore store;
  private final int round;
  private final FileOutputStream output = new FileOutputStream(FileDescriptor.out);

  private CrashWriter(EmbeddedStore store, int round) {
    this.store = store;
    this.round = round;
  }

  public static void main(String[] arguments) {
    var store = EmbeddedStore.open(Path.of(arguments[0]), CONFIG);
    var writer = new CrashWriter(store, Integer.parseInt(arguments[1]));
    for (var i = 0; i < WRITERS; i++) {
      writer.write(i, 1);
    }
  }

  /** Everything about {@code turn}, and then the next turn, until the process is killed. */
  private void write(int writer, int turn) {
    var partition = "partition|" + round + "|" + writer;
    var id = Ulid.of(round, writer, turn);
    var first = 2L * turn - 1;
    var facts = List.of(fact(partition, first), fact(partition, first + 1));
    var done =
        store
            .journal()
            .append(partition, first, facts)
            .thenRun(() -> say("fact", partition, first + 1))
            .thenCompose(
                _ -> store.journal().append("run|" + id, 1, List.of(fact(id.toString(), 1))))
            .thenRun(() -> say("fact", "run|" + id, 1))
            .thenCompose(_ -> store.timers().put(writer, List.of(timer(round, turn))))
            .thenRun(() -> say("timer", round + "/" + writer, turn))
            .thenCompose(_ -> store.runs().put(List.of(row(id))))
            .thenRun(() -> say("row", id.toString(), 0));
    if (turn % 10 == 0) {
      done = snapshot(done, partition, first - 1);
    }
    done.thenRun(() -> write(writer, turn + 1));
  }

  private CompletionStage<Void> snapshot(CompletionStage<Void> before, String partition, long at) {
    var snapshot = new Snapshot(at, 1, fact(partition, at));
    return before
        .thenCompose(_ -> store.journal().saveSnapshot(partition, snapshot))
        .thenRun(() -> say("snapshot", partition, at))
        .thenCompose(_ -> store.journal().deleteTo(partition, at))
        .thenRun(() -> say("deleted", partition, at));
  }

  /** One line in one piece, straight to the pipe. */
  private void say(String what, String id, long number) {
    try {
      output.write((what + " " + id + " " + number + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Other bytes for every fact, some of them long. */
  static byte[] fact(String id, long sequenceNr) {
    return (id + " " + sequenceNr + " ").repeat(1 + (int) (sequenceNr % 17)).getBytes(UTF_8);
  }

  static TimerStore.Row timer(int round, int turn) {
    return new TimerStore.Row(1_000L * round, "turn-" + turn, fact("timer", turn));
  }

  static RunIndex.Row row(Ulid id) {
    return new RunIndex.Row(
        id, "f", RunStatus.RUNNING, id, "shop/order", id.millis(), OptionalLong.empty());
  }
}
