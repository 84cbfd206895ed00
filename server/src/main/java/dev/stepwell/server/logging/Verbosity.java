package dev.stepwell.server.logging;

import ch.qos.logback.classic.Level;

/** How much is said: by Stepwell, and by the libraries below it. */
public enum Verbosity {
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

  Level ours() {
    return ours;
  }

  Level others() {
    return others;
  }
}
