package dev.stepwell.engine.execution;

import java.io.Serial;

/**
 * Takes a thread out of the author's code when its run has no more use for it for now. An {@link
 * Error}, so that it passes the authors' {@code catch (Exception)}; whoever catches it nevertheless
 * meets it again at the next step.
 */
public final class Unwound extends Error {
  @Serial private static final long serialVersionUID = 1L;

  public Unwound() {
    super("the run goes on later", null, false, false);
  }
}
