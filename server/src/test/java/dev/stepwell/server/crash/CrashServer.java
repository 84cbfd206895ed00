package dev.stepwell.server.crash;

import dev.stepwell.server.Stepwell;
import java.io.IOException;
import java.nio.file.Path;

/** The program that is killed. */
final class CrashServer {
  private CrashServer() {}

  /** Arguments: the data directory, the ledger, the port, which life it is, the short pause. */
  public static void main(String[] arguments) throws IOException {
    try (var ledger = Ledger.open(Path.of(arguments[1]), Integer.parseInt(arguments[3]));
        var node =
            Stepwell.node()
                .functions(CrashFunctions.all(ledger))
                .dataDir(Path.of(arguments[0]))
                .port(Integer.parseInt(arguments[2]))
                .setting("stepwell.engine.short-pause", arguments[4])
                .start()) {
      node.awaitStop();
    }
  }
}
