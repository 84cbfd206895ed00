package dev.stepwell.testkit;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventInfo;
import dev.stepwell.EventNames;
import dev.stepwell.RunInfo;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.execution.JavaWait;
import dev.stepwell.engine.execution.JsonValues;
import dev.stepwell.engine.execution.ResultTypes;
import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.run.RunView.Kind;
import dev.stepwell.engine.run.RunView.Phase;
import dev.stepwell.engine.run.RunView.StepView;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.spi.Lambdas;
import dev.stepwell.spi.StepArguments;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers every step from what one run has recorded, and executes none. */
final class RecordedSteps implements Steps {

  /** The code has come to a step that has not ended, or that it had not come to. */
  static final class EndOfRecord extends Error {
    @Serial private static final long serialVersionUID = 1L;

    private EndOfRecord() {
      super("the record ends here", null, false, false);
    }
  }

  /** A step's place, so that the order of those that were not begun side by side can be told. */
  private record Place(int number, StepView step) {}

  private final RunView run;
  private final JavaFunctions functions;
  private final Map<String, Place> recorded = new HashMap<>();
  private final Set<String> visited = new HashSet<>();
  private Optional<Place> latest = Optional.empty();
  private String last = "its first line";

  RecordedSteps(RunView run, JavaFunctions functions) {
    this.run = run;
    this.functions = functions;
    for (var step : run.steps()) {
      recorded.put(step.name(), new Place(recorded.size(), step));
    }
  }

  @Override
  public <T extends @Nullable Object> T run(String name, Work<T> work) {
    @SuppressWarnings("unchecked") // that is what the lambda's signature says
    var type = (Class<T>) Lambdas.resultType(work);
    return run(name, type, work);
  }

  @Override
  public <T extends @Nullable Object> T run(String name, Class<T> type, Work<T> work) {
    return result(inOrder(enter(name, Kind.RUN)), type);
  }

  @Override
  public <T extends @Nullable Object> Fork<T> start(String name, Work<T> work) {
    @SuppressWarnings("unchecked") // that is what the lambda's signature says
    var type = (Class<T>) Lambdas.resultType(work);
    var place = enterFork(name);
    return () -> result(place.map(Place::step).orElseThrow(EndOfRecord::new), type);
  }

  @Override
  public void sleep(String name, Duration duration) {
    StepArguments.requireDuration(duration);
    sleep(name);
  }

  @Override
  public void sleepUntil(String name, Instant instant) {
    sleep(name);
  }

  private void sleep(String name) {
    if (inOrder(enter(name, Kind.SLEEP)).phase() != Phase.COMPLETED) {
      throw new EndOfRecord();
    }
  }

  @Override
  public <E extends Record> Wait<E> waitFor(String name, Class<E> event) {
    return new JavaWait<>(
        EventNames.of(event),
        Optional.empty(),
        (awaited, timeout) -> await(name, Kind.WAIT, awaited, event));
  }

  @Override
  public <T> Optional<T> waitForSignal(String name, String signal, Class<T> type, Duration atMost) {
    return await(name, Kind.SIGNAL, new Awaited.OfSignal(signal), type);
  }

  private <T> Optional<T> await(String name, Kind kind, Awaited awaited, Class<T> type) {
    var step = inOrder(enter(name, kind));
    requireSame(step, awaited.text());
    return switch (step.phase()) {
      case COMPLETED -> Optional.of(JsonValues.read(output(step), type));
      case TIMED_OUT -> Optional.empty();
      case FAILED -> throw failed(step);
      case PLANNED, RETRYING, SLEEPING, WAITING -> throw new EndOfRecord();
    };
  }

  @Override
  public void send(String name, List<? extends Record> events) {
    StepArguments.requireEventCount(events.size());
    var _ = result(inOrder(enter(name, Kind.RUN)), Object.class);
  }

  @Override
  public <E extends Record, R extends @Nullable Object> R invoke(
      String name, Class<? extends DurableFunction<E, R>> function, E input, Duration atMost) {
    var step = inOrder(enter(name, Kind.INVOKE));
    requireSame(step, "function " + functions.idOf(function));
    return result(step, ResultTypes.<R>of(function));
  }

  @Override
  public RunInfo info() {
    return new RunInfo(run.id().toString(), run.function(), run.attempts());
  }

  @Override
  public EventInfo event() {
    var event = run.event();
    return new EventInfo(
        event.publicId(),
        event.name(),
        Instant.ofEpochMilli(event.tsMillis()),
        event.user().map(Json::toString));
  }

  private <T extends @Nullable Object> T result(StepView step, Class<T> type) {
    return switch (step.phase()) {
      case COMPLETED -> JsonValues.read(output(step), type);
      case FAILED -> throw failed(step);
      case PLANNED, RETRYING, SLEEPING, WAITING, TIMED_OUT -> throw new EndOfRecord();
    };
  }

  private static Json output(StepView step) {
    return step.output().orElse(Json.NULL);
  }

  private static StepFailedException failed(StepView step) {
    var why = step.failure().map(RecordedSteps::text).orElse("");
    return new StepFailedException(step.name(), step.attempts(), why);
  }

  private static String text(Failure failure) {
    return failure.name().equals("Cancelled")
        ? "the run was cancelled: " + failure.message()
        : failure.message();
  }

  private Place enter(String name, Kind kind) {
    StepArguments.requireName(name);
    if (!visited.add(name)) {
      throw new IllegalArgumentException("step name '" + name + "' is used twice in this run");
    }
    var place = recorded.get(name);
    if (place == null) {
      requireAllVisited("the code came to step '" + name + "', which is not recorded,");
      last = "step '" + name + "'";
      throw new EndOfRecord();
    }
    if (place.step().kind() != kind) {
      throw differs(
          "step '%s' is %s now, but is recorded as %s".formatted(name, kind, place.step().kind()));
    }
    last = "step '" + name + "'";
    return place;
  }

  /** What goes on beside the code may have been recorded before or after it, or not yet. */
  private Optional<Place> enterFork(String name) {
    if (recorded.containsKey(name)) {
      return Optional.of(enter(name, Kind.RUN));
    }
    StepArguments.requireName(name);
    visited.add(name);
    last = "step '" + name + "'";
    return Optional.empty();
  }

  private StepView inOrder(Place place) {
    if (latest.filter(before -> before.number() > place.number()).isPresent()) {
      throw differs(
          "step '%s' comes after step '%s' now, but was recorded before it"
              .formatted(place.step().name(), latest.get().step().name()));
    }
    latest = Optional.of(place);
    return place.step();
  }

  private void requireSame(StepView step, String now) {
    if (step.waitsFor().filter(now::equals).isEmpty()) {
      throw differs(
          "step '%s' waits for %s now, but is recorded as waiting for %s"
              .formatted(step.name(), now, step.waitsFor().orElse("nothing")));
    }
  }

  void requireAllVisited(String what) {
    for (var step : run.steps()) {
      if (!visited.contains(step.name())) {
        throw differs(
            "%s but has not come to step '%s', which is recorded".formatted(what, step.name()));
      }
    }
  }

  AssertionError goesOn(String instead) {
    return differs("the code goes on to " + last + ", which is not recorded; " + instead);
  }

  AssertionError differs(String how) {
    return new AssertionError(
        "The function's code does not do what run %s did: %s.\nRecorded: %s"
            .formatted(run.id(), how, RunText.of(run)));
  }
}
