package dev.stepwell.engine.timer;

/**
 * Something due at an instant. Setting an equal timer again changes nothing.
 *
 * @param dueAtMillis Unix milliseconds, 0 or more
 */
public record Timer(Target target, long dueAtMillis) {
  public Timer {
    if (dueAtMillis < 0) {
      throw new IllegalArgumentException("a timer due before 1970: " + dueAtMillis);
    }
  }
}
