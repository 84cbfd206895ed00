package dev.stepwell.server.logging;

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

/**
 * Where and how to log.
 *
 * @param stream standard output or standard error
 */
public record Logging(ConsoleTarget stream, Form form, Verbosity verbosity) {

  /** How a line looks. */
  public enum Form {
    /** For a terminal. */
    COLOURED,
    PLAIN,
    /** One object a line, with a message's figures as members of their own. */
    JSON
  }

  private static final String COLOURED =
      "%gray(%d{HH:mm:ss.SSS}) %highlight(%-5level) %msg %gray([%logger{0}])%n";
  private static final String PLAIN = "%d{HH:mm:ss.SSS} %-5level %msg [%logger{0}]%n";

  /** Logs so from now on, unless {@code -Dlogback.configurationFile} says otherwise. */
  public void apply() {
    if (System.getProperty("logback.configurationFile") == null) {
      var context = (LoggerContext) LoggerFactory.getILoggerFactory();
      context.reset();
      apply(context);
    }
  }

  void apply(LoggerContext context) {
    var encoder = encoder();
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget(stream.getName());
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(verbosity.others());
    root.addAppender(appender);
    context.getLogger("dev.stepwell").setLevel(verbosity.ours());
    // A port that is taken is told once, by us, without a stack trace.
    context.getLogger("org.apache.pekko.io.TcpListener").setLevel(Level.OFF);
  }

  private Encoder<ILoggingEvent> encoder() {
    return switch (form) {
      case COLOURED -> text(COLOURED);
      case PLAIN -> text(PLAIN);
      case JSON -> new JsonEncoder();
    };
  }

  private static Encoder<ILoggingEvent> text(String pattern) {
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern(pattern);
    encoder.setCharset(UTF_8);
    return encoder;
  }
}
