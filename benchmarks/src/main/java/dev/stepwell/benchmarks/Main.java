package dev.stepwell.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' command line. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    subcommands = {
      MachineCli.class,
      P1Cli.class,
      IntakeCli.class,
      WaitsCli.class,
      SleepersCli.class,
      SleepersNode.class,
      RestingCli.class,
      RestingNode.class,
      StartCli.class,
      MicroCli.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Does one command, and returns its exit code. */
  static int execute(String... arguments) {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
  }
}
