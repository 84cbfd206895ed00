package dev.stepwell.server.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How a program logs that runs a node and has no {@code logback.xml}: logback by itself would show
 * every debugging line of every library. A file, if there is one, comes first.
 */
@ConfiguratorRank(UsualLogging.BEHIND_FILES)
public final class UsualLogging extends ContextAwareBase implements Configurator {

  static final int BEHIND_FILES = (ConfiguratorRank.FALLBACK + ConfiguratorRank.NOMINAL) / 2;

  /** Found by logback, which needs it to be public. */
  public UsualLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    new Logging(ConsoleTarget.SystemOut, Logging.Form.PLAIN, Verbosity.INFO).apply(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
