package dev.stepwell.server;

import dev.stepwell.server.cli.StepwellCli;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command did. */
record Cli(int exitCode, String out, String err) {

  /** Executes a command in this process. */
  static Cli execute(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        StepwellCli.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Cli(exitCode, out.toString(), err.toString());
  }

  /** The first word of what it printed: for {@code send}, the event's id. */
  String firstWord() {
    return out.lines().findFirst().orElse("").split(" ", 2)[0];
  }
}
