package dev.stepwell.engine.execution;

import dev.stepwell.Steps.Work;
import dev.stepwell.engine.wire.Ulid;
import org.jspecify.annotations.Nullable;

/** Chooses what is performed as a step's code. A test kit puts itself in between here. */
public interface StepCode {

  /** What the author has written. */
  StepCode AS_WRITTEN =
      new StepCode() {
        @Override
        public <T extends @Nullable Object> Work<T> of(Ulid run, String step, Work<T> written) {
          return written;
        }
      };

  /**
   * What to perform at one attempt of a step. It may throw {@link Unwound} when the process is to
   * look as if it had ended.
   */
  <T extends @Nullable Object> Work<T> of(Ulid run, String step, Work<T> written);
}
