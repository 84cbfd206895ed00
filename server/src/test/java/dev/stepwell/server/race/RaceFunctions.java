package dev.stepwell.server.race;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.server.race.RaceEvents.Answer;
import dev.stepwell.server.race.RaceEvents.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The functions that wait. Each run notes down once what it has heard, wait by wait. */
final class RaceFunctions {
  private RaceFunctions() {}

  static final String NOTHING = "nothing";

  /** How long before its wait a {@link Meeting} says that it comes. */
  private static final Duration NOTICE = Duration.ofMillis(WaitRaceTest.OFFSET_MAX_MILLIS);

  /** How much longer the wait of a {@link Witness} is, and how long the second one of a run. */
  private static final long MORE_MILLIS = 200;

  /** In the name of a waiting step, between what it is called and how long it waits. */
  private static final char COLON = ':';

  /** Told by a run's code, perhaps more than once, in how long the moment comes. */
  interface Notice {
    void of(String key, Duration in);
  }

  /** Its moment is when its wait begins. */
  record Meeting(Notes notes, Notice notice) implements DurableFunction<Question, String> {
    @Override
    public FunctionSpec<Question> spec() {
      return FunctionSpec.onEvent("meeting", Question.class);
    }

    @Override
    public String run(Question question, Steps step) {
      notice.of(question.key(), NOTICE);
      pause(NOTICE);
      return note(notes, step, List.of(hear(step, "only", question.key(), question.waitMillis())));
    }

    private static void pause(Duration duration) {
      var until = System.nanoTime() + duration.toNanos();
      while (System.nanoTime() < until) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
    }
  }

  /**
   * Its moment is when its first wait ends. What comes too late for that is for the second wait.
   */
  record Parting(Notes notes, Notice notice) implements DurableFunction<Question, String> {
    @Override
    public FunctionSpec<Question> spec() {
      return FunctionSpec.onEvent("parting", Question.class);
    }

    @Override
    public String run(Question question, Steps step) {
      notice.of(question.key(), Duration.ofMillis(question.waitMillis()));
      var heard = new ArrayList<String>();
      heard.add(hear(step, "first", question.key(), question.waitMillis()));
      heard.add(hear(step, "second", question.key(), MORE_MILLIS));
      return note(notes, step, heard);
    }
  }

  /** Waits for the same answer as another run, and for longer, if the question is watched. */
  record Witness(Notes notes) implements DurableFunction<Question, String> {
    @Override
    public FunctionSpec<Question> spec() {
      return FunctionSpec.onEvent("witness", Question.class).where(Question::watched).is(true);
    }

    @Override
    public String run(Question question, Steps step) {
      var heard = hear(step, "only", question.key(), question.waitMillis() + MORE_MILLIS);
      return note(notes, step, List.of(heard));
    }
  }

  /** How long a wait lasts, by its step's name. */
  static long waitMillis(String step) {
    return Long.parseLong(step.substring(step.indexOf(COLON) + 1));
  }

  private static String hear(Steps step, String name, String key, long waitMillis) {
    return step.waitFor(name + COLON + waitMillis, Answer.class)
        .where(Answer::key)
        .is(key)
        .atMost(Duration.ofMillis(waitMillis))
        .map(Answer::key)
        .orElse(NOTHING);
  }

  private static String note(Notes notes, Steps step, List<String> heard) {
    var run = step.info().runId();
    return step.run(
        "note",
        () -> {
          notes.add(run, heard);
          return "noted";
        });
  }
}
