package dev.stepwell.engine.run;

import static dev.stepwell.engine.run.Decision.accept;
import static dev.stepwell.engine.run.Decision.refuse;

import dev.stepwell.engine.run.RunState.Absent;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Ended;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides, and does nothing else: no clock, no actor, no I/O. All it needs is in its arguments. */
final class RunRules {

  static final Failure INVOKE_TIMED_OUT =
      new Failure(
          "InngestInvokeTimeoutError", "Timed out waiting for invoked function to complete", "");

  private final RunPolicy policy;
  private final long now;
  private final double chance;

  private RunRules(RunPolicy policy, long now, double chance) {
    this.policy = policy;
    this.now = now;
    this.chance = chance;
  }

  /**
   * What follows from a command.
   *
   * @param nowMillis the instant of the decision
   * @param chance 0 to 1, at random: spreads retries
   */
  static Decision decide(
      RunState state, RunCommand command, RunPolicy policy, long nowMillis, double chance) {
    var rules = new RunRules(policy, nowMillis, chance);
    return switch (state) {
      case Absent _ -> rules.whenAbsent(command);
      case Active run -> rules.whenActive(run, command);
      case Ended ended -> rules.whenEnded(ended, command);
    };
  }

  private Decision whenAbsent(RunCommand command) {
    return switch (command) {
      case RunCommand.Start(var function, var event) ->
          accept(new RunFact.Started(function, event, now));
      // Left over from a run that retention has deleted: nobody is there to be woken.
      case RunCommand.Match _ -> new Decision.Decline(false);
      case RunCommand.Due _,
          RunCommand.InvokeEnd _,
          RunCommand.Refuse _,
          RunCommand.Unmatched _,
          RunCommand.Progress _ ->
          accept();
      case RunCommand.Cancel _ -> refuse(new Refusal.NotFound());
    };
  }

  private Decision whenActive(Active run, RunCommand command) {
    return switch (command) {
      case RunCommand.Start _ -> accept();
      case RunCommand.Due(var step, _) -> due(run, step);
      case RunCommand.Match(var step, var event) ->
          switch (run.step(step)) {
            case StepState.Waiting waiting
                when run.used(event.id())
                    || !Filter.holds(waiting.begun(), run.event(), event, now) ->
                new Decision.Decline(true);
            case StepState.Waiting _ -> accept(new RunFact.WaitMatched(step, event, now));
            case null, default -> matchedBefore(run, step, event);
          };
      case RunCommand.InvokeEnd(var step, var outcome) ->
          run.step(step) instanceof StepState.Invoking
              ? accept(new RunFact.InvokeEnded(step, outcome, now))
              : accept();
      case RunCommand.Refuse(var step, var ahead) ->
          run.step(step) instanceof StepState.Waiting
              ? accept(new RunFact.WaitRefused(step, taken(ahead), now))
              : accept();
      case RunCommand.Unmatched(var step) ->
          run.step(step) instanceof StepState.Waiting waiting && waiting.untilMillis() <= now
              ? accept(new RunFact.WaitTimedOut(step, now))
              : accept();
      case RunCommand.Progress(var reports) -> new Decision.Accept(progress(run, reports));
      case RunCommand.Cancel(var reason) ->
          accept(new RunFact.Ended(new Outcome.Cancelled(reason), now));
    };
  }

  private Decision whenEnded(Ended ended, RunCommand command) {
    return switch (command) {
      case RunCommand.Match(var step, var event) -> matchedBefore(ended.run(), step, event);
      case RunCommand.WakeUp _,
          RunCommand.Refuse _,
          RunCommand.Unmatched _,
          RunCommand.Progress _ ->
          accept();
      case RunCommand.Cancel _ -> refuse(new Refusal.AlreadyEnded(ended.outcome().status()));
    };
  }

  /** Whoever has an event for a step that is over is told whether it was this one that ended it. */
  private static Decision matchedBefore(Active run, String step, Event event) {
    return run.step(step) instanceof StepState.Matched matched
            && matched.event().id().equals(event.id())
        ? accept()
        : new Decision.Decline(false);
  }

  private static Failure taken(Ulid ahead) {
    return new Failure("SignalTaken", "run " + ahead + " waits for this signal already", "");
  }

  /** A wait that is due is not over yet: an event that came in time may still be on its way. */
  private Decision due(Active run, String step) {
    return switch (run.step(step)) {
      case StepState.Invoking invoking when invoking.untilMillis() <= now ->
          accept(new RunFact.InvokeEnded(step, new Outcome.Failed(INVOKE_TIMED_OUT), now));
      case null, default -> accept();
    };
  }

  private List<RunFact> progress(Active start, List<Report> reports) {
    var facts = new ArrayList<RunFact>(reports.size());
    RunState state = start;
    for (var report : reports) {
      if (state instanceof Active run) {
        var fact = fact(run, report);
        if (fact.isPresent()) {
          facts.add(fact.get());
          state = state.apply(fact.get());
        }
      }
    }
    return facts;
  }

  /** Empty for what is already so: a report may be repeated, and the first result stays. */
  private Optional<RunFact> fact(Active run, Report report) {
    return switch (report) {
      case Report.Returned(var output) -> Optional.of(end(new Outcome.Completed(output)));
      case Report.Broke(var failure, var again) -> Optional.of(broke(run, failure, again));
      case Report.CallFailed(var failure, var again) -> Optional.of(broke(run, failure, again));
      case Report.Spoke(var version) ->
          run.spoken() == version
              ? Optional.empty()
              : Optional.of(new RunFact.Spoken(version, now));
      case Report.Planned(var step, var races) ->
          fresh(run, step, new RunFact.StepPlanned(step, races, now));
      case Report.Warn(var warning) ->
          run.warnings().contains(warning)
              ? Optional.empty()
              : Optional.of(new RunFact.Warned(warning, now));
      case Report.Succeeded(var step, var result, var startedAt) ->
          tried(run, step, new RunFact.StepSucceeded(step, result, startedAt, now));
      case Report.Threw threw -> tried(run, threw.step(), threw(run, threw));
      case Report.Sleep(var step, var until) ->
          fresh(run, step, new RunFact.SleepStarted(step, until, now));
      case Report.Wait(var step, var awaited, var lasts, var looksBack) -> {
        var since = since(run, awaited, looksBack);
        yield fresh(run, step, new RunFact.WaitStarted(step, awaited, now + lasts, since, now));
      }
      case Report.Invoke(var step, var function, var input, var lasts) ->
          fresh(run, step, new RunFact.InvokeStarted(step, function, input, now + lasts, now));
    };
  }

  /**
   * What comes while a wait is being registered counts for it: so each looks back a moment. An
   * event has its instant from another node's clock than the run, which may be behind.
   */
  private OptionalLong since(Active run, Awaited awaited, boolean looksBack) {
    return switch (awaited) {
      case Awaited.OfEvent _, Awaited.OfExpression _ ->
          OptionalLong.of(
              (looksBack ? run.event().receivedAtMillis() : now) - policy.clockSkewMillis());
      case Awaited.OfSignal _ -> OptionalLong.empty();
    };
  }

  private Optional<RunFact> tried(Active run, String step, RunFact fact) {
    return switch (run.step(step)) {
      case StepState.Retrying _, StepState.Planned _ -> Optional.of(fact);
      case null, default -> fresh(run, step, fact);
    };
  }

  private Optional<RunFact> fresh(Active run, String step, RunFact fact) {
    if (run.step(step) != null) {
      return Optional.empty();
    }
    return Optional.of(run.steps().size() < policy.stepsMax() ? fact : tooManySteps());
  }

  private RunFact threw(Active run, Report.Threw threw) {
    var failed = 1 + (run.step(threw.step()) instanceof StepState.Retrying r ? r.attempts() : 0);
    var retryAt = retryAt(failed, threw.again());
    return retryAt.isPresent()
        ? new RunFact.StepAttemptFailed(
            threw.step(), threw.failure(), retryAt.getAsLong(), threw.startedAtMillis(), now)
        : new RunFact.StepFailed(threw.step(), threw.failure(), threw.startedAtMillis(), now);
  }

  private RunFact broke(Active run, Failure failure, Report.Again again) {
    var failed = 1 + run.setback().map(RunState.Setback::attempts).orElse(0);
    var retryAt = retryAt(failed, again);
    return retryAt.isPresent()
        ? new RunFact.AttemptFailed(failure, retryAt.getAsLong(), now)
        : end(new Outcome.Failed(failure));
  }

  private OptionalLong retryAt(int failed, Report.Again again) {
    if (failed > policy.retries()) {
      return OptionalLong.empty();
    }
    return switch (again) {
      case Report.Again.Never _ -> OptionalLong.empty();
      case Report.Again.After(var millis) ->
          OptionalLong.of(
              now + Math.clamp(millis, Backoff.AFTER_MIN_MILLIS, Backoff.AFTER_MAX_MILLIS));
      case Report.Again.ByRule _ ->
          OptionalLong.of(
              now
                  + (policy.retryMillis() > 0
                      ? policy.retryMillis()
                      : Backoff.pauseMillis(failed, chance)));
    };
  }

  private RunFact tooManySteps() {
    var message = "The function run exceeded the step limit of " + policy.stepsMax() + " steps.";
    return end(new Outcome.Failed(new Failure("InngestErrFunctionOverflowed", message, "")));
  }

  private RunFact end(Outcome outcome) {
    return new RunFact.Ended(outcome, now);
  }
}
