package dev.stepwell.engine.execution;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventInfo;
import dev.stepwell.EventNames;
import dev.stepwell.NonRetryableException;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.RunInfo;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Setback;
import dev.stepwell.engine.run.StepState;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.spi.Lambdas;
import dev.stepwell.spi.StepArguments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable verbs for one life of a run: what is recorded is answered from the record, what is
 * not is done and reported.
 *
 * <p>A step's result is not handed in at once but together with the next thing that has to be
 * stored: the code between two steps has no effects, so nothing is lost if it runs again, and the
 * last result and the run's end become one write.
 */
final class JavaSteps implements Steps {

  private final JavaExecution execution;
  private final Set<String> visited = new HashSet<>();
  private final List<Report> gathered = new ArrayList<>();
  private final Thread owner = Thread.currentThread();
  private Active state;
  private boolean executing;
  private boolean pastRecord;

  /** The instant of the latest step, the same in each life of the run. */
  private long reachedMillis;

  JavaSteps(JavaExecution execution, Active state) {
    this.execution = execution;
    this.state = state;
    this.reachedMillis = state.startedAtMillis();
  }

  @Override
  public <T extends @Nullable Object> T run(String name, Work<T> work) {
    @SuppressWarnings("unchecked") // that is what the lambda's signature says
    var type = (Class<T>) Lambdas.resultType(work);
    return run(name, type, work);
  }

  @Override
  public <T extends @Nullable Object> T run(String name, Class<T> type, Work<T> work) {
    return switch (enter(name)) {
      case StepState.Succeeded(_, _, var result, _, var at) -> {
        reached(at);
        yield JsonValues.read(result, type);
      }
      case StepState.Failed failed -> throw failed(name, failed);
      case StepState.Retrying _ -> {
        flush(Optional.of(name));
        yield attempt(name, work);
      }
      case null -> {
        flush(Optional.empty());
        yield attempt(name, work);
      }
      case StepState other -> throw changed(name, "a run step", other);
    };
  }

  private <T extends @Nullable Object> T attempt(String name, Work<T> work) {
    while (true) {
      executing = true;
      try {
        var attempt = Attempt.make(execution, state, name, work);
        if (attempt instanceof Attempt.Returned<T>(var value, var report)) {
          gathered.add(report);
          return value;
        }
        gathered.add(attempt.report());
      } finally {
        executing = false;
      }
      flush(Optional.of(name));
      if (state.step(name) instanceof StepState.Failed failed) {
        throw failed(name, failed);
      }
    }
  }

  @Override
  public <T extends @Nullable Object> Fork<T> start(String name, Work<T> work) {
    @SuppressWarnings("unchecked") // that is what the lambda's signature says
    var type = (Class<T>) Lambdas.resultType(work);
    return switch (enter(name)) {
      case StepState.Succeeded(_, _, var result, _, _) -> {
        var value = JsonValues.read(result, type);
        yield () -> value;
      }
      case StepState.Failed failed -> {
        var failure = failed(name, failed);
        yield () -> {
          throw failure;
        };
      }
      case StepState.Retrying _ -> fork(name, work);
      case null -> fork(name, work);
      case StepState other -> throw changed(name, "a parallel step", other);
    };
  }

  private <T extends @Nullable Object> Fork<T> fork(String name, Work<T> work) {
    flush(Optional.empty());
    return JavaFork.start(execution, state, name, work);
  }

  @Override
  public void sleep(String name, Duration duration) {
    StepArguments.requireDuration(duration);
    sleepUntil(name, execution.surroundings().clock().millis() + duration.toMillis());
  }

  @Override
  public void sleepUntil(String name, Instant instant) {
    var now = execution.surroundings().clock().instant();
    var wake = StepArguments.requireInstant(instant, now);
    sleepUntil(name, wake.isBefore(Instant.EPOCH) ? 0 : wake.toEpochMilli());
  }

  private void sleepUntil(String name, long untilMillis) {
    switch (enter(name)) {
      case null -> {
        gathered.add(new Report.Sleep(name, untilMillis));
        flush(Optional.of(name));
      }
      case StepState.Sleeping sleeping
          when sleeping.ready(execution.surroundings().clock().millis()) -> {}
      case StepState.Sleeping _ -> flush(Optional.of(name));
      case StepState other -> throw changed(name, "a sleep", other);
    }
    if (state.step(name) instanceof StepState.Sleeping sleeping) {
      reached(sleeping.untilMillis());
    }
  }

  @Override
  public <E extends Record> Wait<E> waitFor(String name, Class<E> event) {
    var eventName = EventNames.of(event);
    if (EventNames.isReserved(eventName)) {
      throw new IllegalArgumentException("nobody can wait for the reserved '" + eventName + "'");
    }
    return new JavaWait<>(
        eventName, Optional.empty(), (awaited, timeout) -> await(name, awaited, timeout, event));
  }

  @Override
  public <T> Optional<T> waitForSignal(String name, String signal, Class<T> type, Duration atMost) {
    StepArguments.requireSignal(signal);
    return await(name, new Awaited.OfSignal(signal), atMost, type);
  }

  private <T> Optional<T> await(String name, Awaited awaited, Duration timeout, Class<T> type) {
    StepArguments.requireDuration(timeout);
    if (enter(name) == null) {
      var looksBack = awaited instanceof Awaited.OfEvent;
      gathered.add(new Report.Wait(name, awaited, timeout.toMillis(), looksBack));
    }
    if (!(state.step(name) instanceof StepState.Done)) {
      flush(Optional.of(name));
    }
    return switch (state.step(name)) {
      case StepState.Matched(_, _, var event, var at) -> {
        reached(at);
        yield Optional.of(JsonValues.read(event.data(), type));
      }
      case StepState.TimedOut(_, _, var at) -> {
        reached(at);
        yield Optional.empty();
      }
      case StepState.Refused(_, _, var failure, var at) -> {
        reached(at);
        throw new StepFailedException(name, 1, failure.message());
      }
      case null -> throw new IllegalStateException("step '" + name + "' has not been recorded");
      case StepState other -> throw changed(name, "a wait", other);
    };
  }

  @Override
  public void send(String name, List<? extends Record> events) {
    StepArguments.requireEventCount(events.size());
    var outgoing = events.stream().map(OutgoingEvent::of).toList();
    run(
        name,
        () -> {
          var prepared =
              Outbox.events(
                  execution.runId(),
                  name,
                  reachedMillis,
                  execution.surroundings().clock().millis(),
                  outgoing);
          execution.surroundings().busy().await(execution.surroundings().sender().send(prepared));
          return new Outbox.Receipt(prepared.stream().map(event -> event.id().toString()).toList());
        });
  }

  @Override
  public <E extends Record, R extends @Nullable Object> R invoke(
      String name, Class<? extends DurableFunction<E, R>> function, E input, Duration atMost) {
    StepArguments.requireDuration(atMost);
    if (enter(name) == null) {
      var id = execution.surroundings().functions().idOf(function);
      gathered.add(new Report.Invoke(name, id, JsonValues.writeObject(input), atMost.toMillis()));
    }
    if (!(state.step(name) instanceof StepState.Done)) {
      flush(Optional.of(name));
    }
    return switch (state.step(name)) {
      case StepState.Invoked(_, _, var outcome, var at) -> {
        reached(at);
        yield outcome(name, outcome, ResultTypes.<R>of(function));
      }
      case null -> throw new IllegalStateException("step '" + name + "' has not been recorded");
      case StepState other -> throw changed(name, "an invoke", other);
    };
  }

  private static <R extends @Nullable Object> R outcome(
      String name, Outcome outcome, Class<R> type) {
    return switch (outcome) {
      case Outcome.Completed(var output) -> JsonValues.read(output, type);
      case Outcome.Failed(var failure) -> throw new StepFailedException(name, 1, failure.message());
      case Outcome.Cancelled(var reason) ->
          throw new StepFailedException(name, 1, "the run was cancelled: " + reason);
    };
  }

  @Override
  public RunInfo info() {
    var failed = state.setback().map(Setback::attempts).orElse(0);
    return new RunInfo(execution.runId().toString(), state.function(), failed + 1);
  }

  @Override
  public EventInfo event() {
    var event = state.event();
    return new EventInfo(
        event.publicId(),
        event.name(),
        Instant.ofEpochMilli(event.tsMillis()),
        event.user().map(Json::toString));
  }

  /** What is gathered, and that the code has returned: it must have passed all that is recorded. */
  List<Report> last(Report.Returned end) {
    warnIfChanged();
    return withLast(end);
  }

  /** What is gathered, and that the code has thrown: which may happen before it has passed that. */
  List<Report> last(Report.Broke end) {
    return withLast(end);
  }

  private List<Report> withLast(Report end) {
    gathered.add(end);
    return List.copyOf(gathered);
  }

  /** The record of a step that the code has come to, if there is one. */
  private @Nullable StepState enter(String name) {
    execution.requireWanted();
    StepArguments.requireName(name);
    if (executing || Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "step '" + name + "' is begun inside another step, or on another thread");
    }
    if (!visited.add(name)) {
      throw new IllegalArgumentException("step name '" + name + "' is used twice in this run");
    }
    var known = state.step(name);
    if (known == null) {
      warnIfChanged();
    }
    return known;
  }

  /** Code that comes to something new must have passed all that is recorded, or it was changed. */
  private void warnIfChanged() {
    if (pastRecord) {
      return;
    }
    pastRecord = true;
    for (var recorded : state.steps().keySet()) {
      if (!visited.contains(recorded)) {
        gathered.add(
            new Report.Warn(
                "The function's code has changed under this run: step '"
                    + recorded
                    + "' is recorded, but the code did not come to it again."));
      }
    }
  }

  private void flush(Optional<String> until) {
    if (!gathered.isEmpty() || until.isPresent()) {
      var reports = List.copyOf(gathered);
      gathered.clear();
      state = execution.report(reports, until);
      for (var report : reports) {
        if (report instanceof Report.Succeeded(var step, _, _)
            && state.step(step) instanceof StepState.Succeeded succeeded) {
          reached(succeeded.endedAtMillis());
        }
      }
    }
  }

  private void reached(long millis) {
    reachedMillis = Math.max(reachedMillis, millis);
  }

  private StepFailedException failed(String name, StepState.Failed failed) {
    reached(failed.endedAtMillis());
    return new StepFailedException(name, failed.attempts(), failed.failure().message());
  }

  private static NonRetryableException changed(String name, String now, StepState recorded) {
    return new NonRetryableException(
        "the function's code has changed under this run: step '"
            + name
            + "' is now "
            + now
            + ", but is recorded as "
            + recorded.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
  }
}
