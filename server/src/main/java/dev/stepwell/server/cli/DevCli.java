package dev.stepwell.server.cli;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.stepwell.DurableFunction;
import dev.stepwell.server.logging.Verbosity;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "Ctrl-C or SIGTERM stops it gracefully: requests are answered, runs go on after the next start."
    })
final class DevCli implements Callable<Integer> {

  private static final Path USUAL_DIRECTORY = Path.of(".stepwell");

  @Mixin private NodeOptions node = new NodeOptions();

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      defaultValue = "${env:STEPWELL_CLASSPATH}",
      description =
          "Where your functions are: jars, directories of classes, 'dir/*' for all jars of a"
              + " directory, with the system's path separator between them. Or"
              + " STEPWELL_CLASSPATH.")
  private @Nullable String classPath;

  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() {
    log.apply(ConsoleTarget.SystemOut, Verbosity.INFO);
    List<DurableFunction<?, ?>> functions =
        classPath == null ? List.of() : FunctionLoader.load(classPath);
    var described = node.node(USUAL_DIRECTORY).functions(functions).since(processStart());
    try (var up = described.start()) {
      up.awaitStop();
    } catch (IllegalStateException e) {
      throw new CliFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
    return ExitCode.DONE;
  }

  private static Instant processStart() {
    return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  }
}
