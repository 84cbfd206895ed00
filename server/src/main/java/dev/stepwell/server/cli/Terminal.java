package dev.stepwell.server.cli;

import java.io.Console;
import java.util.Optional;

/** Who is looking. */
final class Terminal {

  private Terminal() {}

  /** Whether somebody reads along, rather than a file or another program. */
  static boolean attached() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** How this program was called, to be repeated in advice. */
  static String command() {
    return System.getProperty("stepwell.command", "stepwell");
  }
}
