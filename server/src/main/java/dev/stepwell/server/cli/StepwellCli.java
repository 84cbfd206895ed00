package dev.stepwell.server.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stepwell} itself, which does nothing without a command. */
@Command(
    name = "stepwell",
    description = "Runs durable functions: code that survives crashes and sleeps for days.",
    subcommands = {
      DevCli.class,
      StartCli.class,
      DemoCli.class,
      SendCli.class,
      RunsCli.class,
      ClusterCli.class,
      DoctorCli.class,
      AuditCli.class,
      VersionCli.class,
      RehearseCli.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCli.Provider.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a run that was waited for has failed, was cancelled, or has not ended in time; or what was looked at is not good",
      "2:the command line makes no sense",
      "3:a node can't start or go on, or a server can't be reached",
      "4:the server has refused the request",
      "70:a bug",
      "130:stopped by Ctrl-C, gracefully",
      "143:stopped by SIGTERM, gracefully"
    },
    footer = {"", "'stepwell COMMAND --help' says more about a command."})
public final class StepwellCli implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  /** Parses and executes; never exits the process. */
  public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new StepwellCli())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Failures())
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which command?");
  }
}
