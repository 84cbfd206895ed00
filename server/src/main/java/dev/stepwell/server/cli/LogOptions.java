package dev.stepwell.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What is logged, and in which form. */
final class LogOptions {

  /** How a line looks. */
  enum Format {
    AUTO,
    TEXT,
    JSON
  }

  /** How much is said. */
  enum Verbosity {
    ERROR(Level.ERROR, Level.ERROR),
    WARN(Level.WARN, Level.WARN),
    INFO(Level.INFO, Level.WARN),
    DEBUG(Level.DEBUG, Level.INFO),
    TRACE(Level.TRACE, Level.DEBUG);

    private final Level ours;
    private final Level others;

    Verbosity(Level ours, Level others) {
      this.ours = ours;
      this.others = others;
    }
  }

  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %highlight(%-5level) %msg %gray(%logger{0}%replace( %kvp){'^ $', ''}) %n";
  private static final String PLAIN_PATTERN = "%d{HH:mm:ss.SSS} %-5level %msg [%logger{0}]%n";

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "${env:STEPWELL_LOG_LEVEL:-info}",
      description = "error, warn, info (the default), debug or trace; or STEPWELL_LOG_LEVEL.")
  private Verbosity level = Verbosity.INFO;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "${env:STEPWELL_LOG_FORMAT:-auto}",
      description =
          "text, json, or auto (the default): text on a terminal, otherwise one JSON object a line;"
              + " or STEPWELL_LOG_FORMAT.")
  private Format format = Format.AUTO;

  /** Logs to {@code target} from now on, unless {@code logback.configurationFile} says how. */
  void apply(ConsoleTarget target) {
    if (System.getProperty("logback.configurationFile") != null) {
      return;
    }
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var encoder = encoder();
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget(target.getName());
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.others);
    root.addAppender(appender);
    context.getLogger("dev.stepwell").setLevel(level.ours);
  }

  private Encoder<ILoggingEvent> encoder() {
    var json =
        switch (format) {
          case JSON -> true;
          case TEXT -> false;
          case AUTO -> !Terminal.attached();
        };
    if (json) {
      return new JsonEncoder();
    }
    var text = new PatternLayoutEncoder();
    text.setPattern(Terminal.attached() ? PATTERN : PLAIN_PATTERN);
    text.setCharset(UTF_8);
    return text;
  }
}
