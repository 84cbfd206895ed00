package dev.stepwell.engine.cluster;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Functions of all kinds, whose runs can be told to have gone right. */
final class Tales {
  private Tales() {}

  static final String WORK = "work";
  static final String NAP = "nap";
  static final String ASK = "ask";
  static final String HEAR = "hear";
  static final String CALL = "call";
  static final String CALLED = "called";
  static final String FLAKY = "flaky";
  static final String LIMITED = "limited";
  static final String ENDLESS = "endless";
  static final String LARGE = "large";
  static final String TICK = "tick";
  static final String WATCH = "watch";

  static final int LIMIT = 2;
  static final Duration NAP_LASTS = Duration.ofMillis(1_200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @EventName("tale/work")
  record Work(String key, long millis) {}

  @EventName("tale/nap")
  record Nap(String key) {}

  @EventName("tale/ask")
  record Ask(String key) {}

  @EventName("tale/answer")
  record Answer(String key, String text) {}

  @EventName("tale/hear")
  record Hear(String key) {}

  @EventName("tale/call")
  record Call(String key) {}

  @EventName("tale/called")
  record Called(String key) {}

  @EventName("tale/flaky")
  record Flaky(String key) {}

  @EventName("tale/limited")
  record Limited(String key) {}

  @EventName("tale/endless")
  record Endless(String key) {}

  @EventName("tale/large")
  record Large(String key, String ballast) {}

  @EventName("inngest/function.finished")
  record Finished(String function_id, String run_id) {}

  static List<DurableFunction<?, ?>> all(Book book) {
    return List.of(
        new Working(book),
        new Napping(book),
        new Asking(book),
        new Hearing(book),
        new Calling(book),
        new BeingCalled(book),
        new Failing(book),
        new Standing(book),
        new Staying(book),
        new Carrying(book),
        new Ticking(book),
        new Watching(book));
  }

  private static String step(Book book, Steps step, String name, String before) {
    book.write(step, name);
    return before + "," + name;
  }

  record Working(Book book) implements DurableFunction<Work, String> {
    @Override
    public FunctionSpec<Work> spec() {
      return FunctionSpec.onEvent(WORK, Work.class);
    }

    @Override
    public String run(Work work, Steps step) {
      var first = step.run("first", () -> step(book, step, "first", work.key()));
      var second =
          step.run(
              "second",
              () -> {
                var done = step(book, step, "second", first);
                LockSupport.parkNanos(Duration.ofMillis(work.millis()).toNanos());
                return done;
              });
      return step.run("third", () -> step(book, step, "third", second));
    }
  }

  record Napping(Book book) implements DurableFunction<Nap, String> {
    @Override
    public FunctionSpec<Nap> spec() {
      return FunctionSpec.onEvent(NAP, Nap.class);
    }

    @Override
    public String run(Nap nap, Steps step) {
      var before =
          step.run(
              "before",
              () -> {
                book.write(step, "before");
                return Instant.now().toString();
              });
      step.sleep("sleep", NAP_LASTS);
      return step.run(
          "after",
          () -> {
            book.write(step, "after");
            var woken = Instant.now();
            return woken.isBefore(Instant.parse(before).plus(NAP_LASTS)) ? "early" : nap.key();
          });
    }
  }

  record Asking(Book book) implements DurableFunction<Ask, String> {
    @Override
    public FunctionSpec<Ask> spec() {
      return FunctionSpec.onEvent(ASK, Ask.class);
    }

    @Override
    public String run(Ask ask, Steps step) {
      step.run("ask", () -> book.write(step, "ask"));
      var answer =
          step.waitFor("answer", Answer.class).where(Answer::key).is(ask.key()).atMost(PATIENCE);
      return answer.map(Answer::text).orElse("nobody");
    }
  }

  record Hearing(Book book) implements DurableFunction<Hear, String> {
    @Override
    public FunctionSpec<Hear> spec() {
      return FunctionSpec.onEvent(HEAR, Hear.class);
    }

    @Override
    public String run(Hear hear, Steps step) {
      return step.waitForSignal("listen", hear.key(), String.class, PATIENCE).orElse("nobody");
    }
  }

  record Calling(Book book) implements DurableFunction<Call, String> {
    @Override
    public FunctionSpec<Call> spec() {
      return FunctionSpec.onEvent(CALL, Call.class);
    }

    @Override
    public String run(Call call, Steps step) {
      var answer = step.invoke("invoke", BeingCalled.class, new Called(call.key()));
      return step.run("collect", () -> step(book, step, "collect", answer));
    }
  }

  record BeingCalled(Book book) implements DurableFunction<Called, String> {
    @Override
    public FunctionSpec<Called> spec() {
      return FunctionSpec.onEvent(CALLED, Called.class);
    }

    @Override
    public String run(Called called, Steps step) {
      return step.run("answer", () -> step(book, step, "answer", called.key()));
    }
  }

  /** A step that succeeds at the third attempt that comes to its end. */
  record Failing(Book book) implements DurableFunction<Flaky, String> {
    @Override
    public FunctionSpec<Flaky> spec() {
      return FunctionSpec.onEvent(FLAKY, Flaky.class).retries(20);
    }

    @Override
    public String run(Flaky flaky, Steps step) {
      return step.run(
          "try",
          () -> {
            book.write(step, "try");
            if (book.steps(step.info().runId()).size() < 3) {
              throw new IllegalStateException("not yet");
            }
            return flaky.key();
          });
    }
  }

  record Standing(Book book) implements DurableFunction<Limited, String> {
    @Override
    public FunctionSpec<Limited> spec() {
      return FunctionSpec.onEvent(LIMITED, Limited.class).concurrency(LIMIT);
    }

    @Override
    public String run(Limited limited, Steps step) {
      return step.run(
          "in-line",
          () -> {
            book.counted(LIMITED, () -> LockSupport.parkNanos(Duration.ofMillis(30).toNanos()));
            return step(book, step, "in-line", limited.key());
          });
    }
  }

  record Staying(Book book) implements DurableFunction<Endless, String> {
    @Override
    public FunctionSpec<Endless> spec() {
      return FunctionSpec.onEvent(ENDLESS, Endless.class);
    }

    @Override
    public String run(Endless endless, Steps step) {
      step.run("begin", () -> book.write(step, "begin"));
      step.sleep("for-ever", Duration.ofDays(300));
      return endless.key();
    }
  }

  /** Results that are larger than what fits into one message, taken together. */
  record Carrying(Book book) implements DurableFunction<Large, String> {
    @Override
    public FunctionSpec<Large> spec() {
      return FunctionSpec.onEvent(LARGE, Large.class);
    }

    @Override
    public String run(Large large, Steps step) {
      for (var i = 0; i < 4; i++) {
        step.run("carry-" + i, () -> large.ballast());
      }
      return large.ballast();
    }
  }

  record Ticking(Book book) implements DurableFunction<FunctionSpec.Tick, String> {
    @Override
    public FunctionSpec<FunctionSpec.Tick> spec() {
      return FunctionSpec.onCron(TICK, "@every 2s", ZoneOffset.UTC);
    }

    @Override
    public String run(FunctionSpec.Tick tick, Steps step) {
      return step.run("tick", () -> step(book, step, "tick", tick.scheduledAt().toString()));
    }
  }

  /** Hears of the end of each run of {@link Working}. */
  record Watching(Book book) implements DurableFunction<Finished, String> {
    @Override
    public FunctionSpec<Finished> spec() {
      return FunctionSpec.onEvent(WATCH, Finished.class).where(Finished::function_id).is(WORK);
    }

    @Override
    public String run(Finished finished, Steps step) {
      return finished.run_id();
    }
  }
}
