package dev.stepwell.server.crash;

import dev.stepwell.server.Stepwell;
import dev.stepwell.server.node.NodeBuilder;
import java.io.IOException;
import java.nio.file.Path;

/** The program that is killed. */
final class CrashServer {
  private CrashServer() {}

  /**
   * Arguments: the ledger, which life it is, and the data directory; without that it is one of
   * several. All else is set by system properties.
   */
  public static void main(String[] arguments) throws IOException {
    try (var ledger = Ledger.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        var node = described(arguments).functions(CrashFunctions.all(ledger)).start()) {
      node.awaitStop();
    }
  }

  private static NodeBuilder described(String[] arguments) {
    return arguments.length > 2
        ? Stepwell.node().dataDir(Path.of(arguments[2]))
        : Stepwell.node().clustered();
  }
}
