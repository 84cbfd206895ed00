package dev.stepwell.server.cli;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.stepwell.examples.ExampleFunctions;
import dev.stepwell.server.logging.Verbosity;
import dev.stepwell.server.node.NodeBuilder;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * A short life of a node, for the JVM to learn from: {@code bin/stepwell} records with it which
 * classes a start and the first runs need, so that later starts find them prepared.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Lives a short life, for the JVM to record what a start needs.")
final class RehearseCli implements Callable<Integer> {

  /** An order whose card is declined: it has a retry and ends within seconds. */
  private static final String ORDER =
      """
      {"orderId":"rehearsal","email":"ada@example.com","card":"4000-0000-0000-0002",\
      "lines":[{"sku":"tea","quantity":1}]}\
      """;

  @Parameters(paramLabel = "DIR", description = "For data; made if need be, and not deleted.")
  private Path directory = Path.of("");

  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() {
    log.apply(ConsoleTarget.SystemOut, Verbosity.INFO);
    var functions = ExampleFunctions.all(_ -> {});
    try (var up = new NodeBuilder().dataDir(directory).port(0).functions(functions).start()) {
      var server = "--url=" + up.url();
      var ended = execute("send", "order/placed", "--wait", "--data", ORDER, server);
      return ended == ExitCode.DONE ? execute("runs", "list", server) : ended;
    }
  }

  private static int execute(String... arguments) {
    var nobody = new PrintWriter(Writer.nullWriter());
    return StepwellCli.execute(
        nobody, new PrintWriter(System.err, true, System.err.charset()), arguments);
  }
}
