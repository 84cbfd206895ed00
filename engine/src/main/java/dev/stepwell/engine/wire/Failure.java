package dev.stepwell.engine.wire;

/**
 * User code went wrong: recorded, retried, shown.
 *
 * @param name its kind, such as a class name
 * @param message one or more lines for people; may be empty
 * @param stack a stack trace as text; may be empty
 */
public record Failure(String name, String message, String stack) {
  // Whatever is thrown may say anything; it is shown as it will be after a replay.
  public Failure {
    name = Bytes.kept(name);
    message = Bytes.kept(message);
    stack = Bytes.kept(stack);
  }
}
