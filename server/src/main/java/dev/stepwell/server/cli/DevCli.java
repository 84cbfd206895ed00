package dev.stepwell.server.cli;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.stepwell.server.logging.Verbosity;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A node on one machine, without keys. */
@Command(
    name = "dev",
    description = "Starts a node on this machine, without keys, and runs until it is stopped.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Data is kept in ./.stepwell unless --data-dir or --in-memory says otherwise.",
      "A function of yours is found if META-INF/services/dev.stepwell.DurableFunction",
      "on the class path names its class, which has a public constructor without parameters.",
      "An app with an Inngest SDK is found on the usual ports of this machine, or by --sdk-url.",
      "Ctrl-C or SIGTERM stops it gracefully: requests are answered, runs go on after the next start."
    })
final class DevCli implements Callable<Integer> {

  private static final Path USUAL_DIRECTORY = Path.of(".stepwell");

  @Mixin private NodeOptions node = new NodeOptions();

  @Mixin private AppOptions apps = new AppOptions();

  @Mixin private FunctionOptions functions = new FunctionOptions();

  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() {
    log.apply(ConsoleTarget.SystemOut, Verbosity.INFO);
    return Lives.live(apps.apply(node.node(USUAL_DIRECTORY)).functions(functions.load()));
  }
}
