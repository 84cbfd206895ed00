package dev.stepwell.testkit;

import java.util.Arrays;

/** Says what goes on, for a test that waits in vain. */
final class Dump {
  private Dump() {}

  private static final int FRAMES = 12;

  static String of(Lives lives) {
    var text = new StringBuilder();
    var clock = lives.clock();
    text.append("The clock stands at ").append(clock.instant());
    clock.nextAlarm().ifPresent(next -> text.append("; the next alarm is at ").append(next));
    text.append(".\n")
        .append(lives.activity().underWay())
        .append(" tasks of actors, threads of functions and calls to the store are under way.\n");
    for (var step : lives.steps().executing()) {
      text.append("Step '")
          .append(step.step())
          .append("' of run ")
          .append(step.run())
          .append(" executes:\n");
      append(text, step.thread().getStackTrace());
    }
    text.append("The actors' thread:\n");
    append(text, lives.thread().stack());
    return text.toString();
  }

  private static void append(StringBuilder text, StackTraceElement[] stack) {
    Arrays.stream(stack)
        .limit(FRAMES)
        .forEach(frame -> text.append("    at ").append(frame).append('\n'));
  }
}
