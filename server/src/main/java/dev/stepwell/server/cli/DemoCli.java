package dev.stepwell.server.cli;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.server.client.ServerException;
import dev.stepwell.server.demo.Demo;
import dev.stepwell.server.logging.Verbosity;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The first thing to try. */
@Command(
    name = "demo",
    description = "Starts a node with example functions, sends an order and shows its steps.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Data is kept in ./.stepwell/demo unless --data-dir or --in-memory says otherwise.",
      "An order that a crash has left under way is finished before a new one is sent."
    })
final class DemoCli implements Callable<Integer> {

  private static final Path USUAL_DIRECTORY = Path.of(".stepwell", "demo");

  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--once", description = "Exit when the order has ended, instead of going on.")
  private boolean once;

  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() throws ServerException {
    log.apply(ConsoleTarget.SystemErr, Verbosity.WARN);
    var demo = new Demo(System.out, Terminal.command());
    try (var up =
        node.node(USUAL_DIRECTORY).functions(demo.functions()).listener(demo.listener()).start()) {
      var status = demo.play(up);
      if (!once) {
        System.out.println("It goes on running. Stop it with Ctrl-C.");
        up.awaitStop();
      }
      return status == RunStatus.COMPLETED ? ExitCode.DONE : ExitCode.NOT_COMPLETED;
    } catch (IllegalStateException e) {
      throw new CliFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }
}
