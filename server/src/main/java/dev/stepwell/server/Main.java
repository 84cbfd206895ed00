package dev.stepwell.server;

import dev.stepwell.server.cli.StepwellCli;
import java.io.PrintWriter;

/** The program. */
public final class Main {

  private Main() {}

  /** Executes one command of {@code stepwell --help} and exits with its code. */
  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, System.out.charset());
    var err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(StepwellCli.execute(out, err, arguments));
  }
}
