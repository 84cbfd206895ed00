package dev.stepwell.server.cli;

import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.stepwell.server.logging.Logging;
import dev.stepwell.server.logging.Verbosity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is logged, and in which form. */
final class LogOptions {

  /** How a line looks. */
  enum Format {
    AUTO,
    TEXT,
    JSON
  }

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "${env:STEPWELL_LOG_LEVEL}",
      description = "error, warn, info, debug or trace. Or STEPWELL_LOG_LEVEL.")
  private @Nullable Verbosity level;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "${env:STEPWELL_LOG_FORMAT:-auto}",
      description =
          "text, json, or auto (the default): text on a terminal, otherwise one JSON object a line."
              + " Or STEPWELL_LOG_FORMAT.")
  private Format format = Format.AUTO;

  /**
   * Logs to {@code stream} from now on.
   *
   * @param usual how much, if no option says otherwise
   */
  void apply(ConsoleTarget stream, Verbosity usual) {
    new Logging(stream, form(), level == null ? usual : level).apply();
  }

  private Logging.Form form() {
    return switch (format) {
      case JSON -> Logging.Form.JSON;
      case TEXT -> text();
      case AUTO -> Terminal.attached() ? text() : Logging.Form.JSON;
    };
  }

  private static Logging.Form text() {
    return Terminal.attached() ? Logging.Form.COLOURED : Logging.Form.PLAIN;
  }
}
