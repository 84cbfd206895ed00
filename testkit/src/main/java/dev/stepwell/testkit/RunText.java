package dev.stepwell.testkit;

import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.run.RunView.StepView;

/** A run in words, for failed assertions. */
final class RunText {
  private RunText() {}

  static String notCompleted(RunView run) {
    return "Not completed: " + of(run);
  }

  static String of(RunView run) {
    var text = new StringBuilder();
    text.append("run ").append(run.id()).append(" of ").append(run.function());
    text.append(" is ").append(run.status());
    run.failure()
        .ifPresent(why -> text.append(": ").append(why.name()).append(' ').append(why.message()));
    run.retryAt().ifPresent(at -> text.append(", to be tried again at ").append(at));
    run.steps().forEach(step -> text.append("\n  ").append(of(step)));
    run.warnings().forEach(warning -> text.append("\n  ! ").append(warning));
    return text.toString();
  }

  private static String of(StepView step) {
    var text = new StringBuilder();
    text.append(step.phase()).append(' ').append(step.kind()).append(' ').append(step.name());
    step.waitsFor().ifPresent(what -> text.append(" for ").append(what));
    step.until().ifPresent(until -> text.append(" until ").append(until));
    step.failure().ifPresent(why -> text.append(": ").append(why.message()));
    return text.toString();
  }
}
