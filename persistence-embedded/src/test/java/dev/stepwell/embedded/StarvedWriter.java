package dev.stepwell.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Writes until the disk takes no more, and a little longer. */
final class StarvedWriter {

  /** Begins its lines, between which come those of the log. */
  static final String SAYS = "> ";

  static final int FACT_BYTES = 10_000;

  /** With room for one large log, of which little is prepared. */
  static final EmbeddedConfig CONFIG = new EmbeddedConfig(1 << 20, 32 << 20, 24 << 20, 64 << 20);

  private StarvedWriter() {}

  public static void main(String[] arguments) {
    try (var store = EmbeddedStore.open(Path.of(arguments[0]), CONFIG)) {
      var stored = 0;
      while (append(store, stored + 1)) {
        stored++;
      }
      say("stored " + stored);
      say("again " + append(store, stored + 1));
      say("failure " + store.failure().orElseThrow().getMessage());
      say("read " + store.journal().highestSequenceNr("run|1").toCompletableFuture().join());
    }
    say("closed");
  }

  private static void say(String line) {
    System.out.println(SAYS + line);
  }

  private static boolean append(EmbeddedStore store, int sequenceNr) {
    try {
      store
          .journal()
          .append("run|1", sequenceNr, List.of(new byte[FACT_BYTES]))
          .toCompletableFuture()
          .join();
      return true;
    } catch (CompletionException _) {
      return false;
    }
  }
}
