package dev.stepwell.engine.execution;

import dev.stepwell.NonRetryableException;
import dev.stepwell.RetryAfterException;
import dev.stepwell.StepFailedException;
import dev.stepwell.engine.run.Report.Again;
import dev.stepwell.engine.wire.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.function.Supplier;

/** What to record of something that was thrown, and whether to try again. */
final class Failures {
  private Failures() {}

  private static final int TEXT_MAX = 16 * 1024;

  static Failure of(Throwable thrown) {
    return new Failure(
        thrown.getClass().getName(),
        cut(said(() -> Objects.requireNonNullElse(thrown.getMessage(), ""))),
        cut(said(() -> stack(thrown))));
  }

  private static String stack(Throwable thrown) {
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    return stack.toString();
  }

  /** What is thrown is authors' code, too: asked for its message, it may throw in its turn. */
  private static String said(Supplier<String> text) {
    try {
      return text.get();
    } catch (Throwable again) {
      return "(" + again.getClass().getName() + " thrown when asked)";
    }
  }

  static Again again(Throwable thrown) {
    return switch (thrown) {
      case NonRetryableException _ -> new Again.Never();
      // Its step has had its attempts; that nobody caught it means that the run has failed.
      case StepFailedException _ -> new Again.Never();
      case RetryAfterException later -> new Again.After(later.pause().toMillis());
      default -> new Again.ByRule();
    };
  }

  private static String cut(String text) {
    if (text.length() <= TEXT_MAX) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(TEXT_MAX - 1)) ? TEXT_MAX - 1 : TEXT_MAX;
    return text.substring(0, end) + "...";
  }
}
