package dev.stepwell.engine.wire;

import java.util.Optional;

/**
 * User code went wrong: recorded, retried, shown.
 *
 * @param name its kind, such as a class name
 * @param message one or more lines for people; may be empty
 * @param stack a stack trace as text; may be empty
 * @param details the error as an app has sent it, an object, with all that it has beside these
 */
public record Failure(String name, String message, String stack, Optional<Json> details) {

  /** One without details. */
  public Failure(String name, String message, String stack) {
    this(name, message, stack, Optional.empty());
  }

  // Whatever is thrown may say anything; it is shown as it will be after a replay.
  public Failure {
    name = Bytes.kept(name);
    message = Bytes.kept(message);
    stack = Bytes.kept(stack);
  }
}
