package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Ended;
import dev.stepwell.engine.run.RunState.Setback;
import dev.stepwell.engine.run.RunView.Kind;
import dev.stepwell.engine.run.RunView.Phase;
import dev.stepwell.engine.run.RunView.StepView;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a run's state to people. */
public final class RunViews {
  private RunViews() {}

  public static Optional<RunView> of(Ulid id, RunState state, long nowMillis) {
    return switch (state) {
      case RunState.Absent _ -> Optional.empty();
      case Active run ->
          Optional.of(
              view(
                  id,
                  run,
                  RunStatus.RUNNING,
                  Optional.empty(),
                  Optional.empty(),
                  run.setback().map(Setback::failure),
                  nowMillis));
      case Ended(var run, var outcome, var endedAt) ->
          Optional.of(
              view(
                  id,
                  run,
                  outcome.status(),
                  Optional.of(Instant.ofEpochMilli(endedAt)),
                  output(outcome),
                  failure(outcome),
                  endedAt));
    };
  }

  private static RunView view(
      Ulid id,
      Active run,
      RunStatus status,
      Optional<Instant> endedAt,
      Optional<Json> output,
      Optional<Failure> failure,
      long nowMillis) {
    return new RunView(
        id,
        run.function(),
        status,
        run.event(),
        Instant.ofEpochMilli(run.startedAtMillis()),
        endedAt,
        output,
        failure,
        run.setback().map(Setback::attempts).orElse(0) + 1,
        run.setback().map(s -> Instant.ofEpochMilli(s.retryAtMillis())),
        steps(run, nowMillis),
        List.copyOf(run.warnings()));
  }

  private static List<StepView> steps(Active run, long nowMillis) {
    return run.steps().entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().order()))
        .map((Map.Entry<String, StepState> e) -> step(e.getKey(), e.getValue(), nowMillis))
        .toList();
  }

  private static StepView step(String name, StepState step, long nowMillis) {
    return switch (step) {
      case StepState.Succeeded s ->
          done(name, Kind.RUN, Phase.COMPLETED, s.attempts(), s).output(s.result()).build();
      case StepState.Failed s ->
          done(name, Kind.RUN, Phase.FAILED, s.attempts(), s).failure(s.failure()).build();
      case StepState.Planned s -> pending(name, Kind.RUN, Phase.PLANNED, 0, s).build();
      case StepState.Retrying s ->
          pending(name, Kind.RUN, Phase.RETRYING, s.attempts(), s).failure(s.failure()).build();
      case StepState.Sleeping s when s.ready(nowMillis) ->
          pending(name, Kind.SLEEP, Phase.COMPLETED, 1, s).ended(s.untilMillis()).build();
      case StepState.Sleeping s -> pending(name, Kind.SLEEP, Phase.SLEEPING, 1, s).build();
      case StepState.Waiting s ->
          pending(name, kind(s.begun()), Phase.WAITING, 1, s)
              .waitsFor(s.begun().awaited().text())
              .build();
      case StepState.Matched s ->
          done(name, kind(s.begun()), Phase.COMPLETED, 1, s)
              .waitsFor(s.begun().awaited().text())
              .output(s.event().data())
              .build();
      case StepState.TimedOut s ->
          done(name, kind(s.begun()), Phase.TIMED_OUT, 1, s)
              .waitsFor(s.begun().awaited().text())
              .build();
      case StepState.Refused s ->
          done(name, kind(s.begun()), Phase.FAILED, 1, s)
              .waitsFor(s.begun().awaited().text())
              .failure(s.failure())
              .build();
      case StepState.Invoking s ->
          pending(name, Kind.INVOKE, Phase.WAITING, 1, s)
              .waitsFor("function " + s.invoke().function())
              .build();
      case StepState.Invoked s -> invoked(name, s);
    };
  }

  private static StepView invoked(String name, StepState.Invoked s) {
    var phase = s.outcome() instanceof Outcome.Completed ? Phase.COMPLETED : Phase.FAILED;
    var view = done(name, Kind.INVOKE, phase, 1, s).waitsFor("function " + s.invoke().function());
    output(s.outcome()).ifPresent(view::output);
    failure(s.outcome()).ifPresent(view::failure);
    return view.build();
  }

  private static Kind kind(RunFact.WaitStarted wait) {
    return switch (wait.awaited()) {
      case Awaited.OfEvent _, Awaited.OfExpression _ -> Kind.WAIT;
      case Awaited.OfSignal _ -> Kind.SIGNAL;
    };
  }

  private static Optional<Json> output(Outcome outcome) {
    return outcome instanceof Outcome.Completed(var output)
        ? Optional.of(output)
        : Optional.empty();
  }

  private static Optional<Failure> failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> Optional.empty();
      case Outcome.Failed(var failure) -> Optional.of(failure);
      case Outcome.Cancelled(var reason) -> Optional.of(new Failure("Cancelled", reason, ""));
    };
  }

  private static Builder done(
      String name, Kind kind, Phase phase, int attempts, StepState.Done step) {
    return new Builder(name, kind, phase, attempts, step).ended(step.endedAtMillis());
  }

  private static Builder pending(
      String name, Kind kind, Phase phase, int attempts, StepState.Pending step) {
    return new Builder(name, kind, phase, attempts, step).until(step.untilMillis());
  }

  private static final class Builder {
    private final String name;
    private final Kind kind;
    private final Phase phase;
    private final int attempts;
    private final StepState step;
    private Optional<Instant> ended = Optional.empty();
    private Optional<Json> output = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private Optional<String> waitsFor = Optional.empty();

    private Builder(String name, Kind kind, Phase phase, int attempts, StepState step) {
      this.name = name;
      this.kind = kind;
      this.phase = phase;
      this.attempts = attempts;
      this.step = step;
    }

    private Builder ended(long millis) {
      ended = Optional.of(Instant.ofEpochMilli(millis));
      return this;
    }

    private Builder until(long millis) {
      until = Optional.of(Instant.ofEpochMilli(millis));
      return this;
    }

    private Builder output(Json json) {
      output = Optional.of(json);
      return this;
    }

    private Builder failure(Failure newFailure) {
      failure = Optional.of(newFailure);
      return this;
    }

    private Builder waitsFor(String text) {
      waitsFor = Optional.of(text);
      return this;
    }

    private StepView build() {
      return new StepView(
          name,
          kind,
          phase,
          attempts,
          Instant.ofEpochMilli(step.startedAtMillis()),
          ended,
          output,
          failure,
          until,
          waitsFor);
    }
  }
}
