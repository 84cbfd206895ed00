package dev.stepwell.engine.sdk;

import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Definition.Remote;
import dev.stepwell.engine.port.FunctionCaller;
import dev.stepwell.engine.port.FunctionCaller.Reply;
import dev.stepwell.engine.port.FunctionCaller.Unanswered;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One run's function at work in its app, by calls. Has no thread: between two replies there is
 * nothing but this object, and when no call is under way not even that. What calls there are to be
 * made follows from the run's state, so it makes no difference whether it was lost meanwhile. Used
 * on the run's thread, but for replies, which it hands to the run.
 */
final class SdkExecution implements Execution {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /** Nothing was asked yet, or what was asked has led to nothing. */
  private static final Due.Asked NEVER = new Due.Asked.Then(-1);

  private static final Failure NOT_FOR_THIS_STEP =
      new Failure(
          "no_progress", "The app has answered, but not for the step it was called for", "");

  private static final Heard NOTHING_TO_DO =
      failed(
          "no_progress",
          "The app has answered that there is nothing to do, but not what comes of it");

  private final Ulid runId;
  private final Desk desk;
  private final SdkSurroundings surroundings;
  private final Set<String> underWay = new HashSet<>();
  private Due.Asked asked = NEVER;
  private volatile boolean abandoned;

  private SdkExecution(Ulid runId, Desk desk, SdkSurroundings surroundings) {
    this.runId = runId;
    this.desk = desk;
    this.surroundings = surroundings;
  }

  static Execution launch(Ulid runId, Active state, Desk desk, SdkSurroundings surroundings) {
    var execution = new SdkExecution(runId, desk, surroundings);
    execution.proceed(state);
    if (execution.idle()) {
      desk.idle(execution);
    }
    return execution;
  }

  @Override
  public boolean idle() {
    return underWay.isEmpty() && !(asked instanceof Due.Asked.Now);
  }

  @Override
  public void abandon() {
    abandoned = true;
  }

  @Override
  public void proceed(Active state) {
    if (abandoned) {
      return;
    }
    for (var call : Due.of(state, underWay, asked, surroundings.time().millis())) {
      if (call.step().isPresent()) {
        underWay.add(call.step().get());
      } else {
        asked = new Due.Asked.Now();
      }
      begin(state, call);
    }
  }

  private void begin(Active state, Due.Call call) {
    var now = surroundings.time().millis();
    var begun = new Begun(call, state, Due.settled(state, now), now);
    var _ =
        surroundings
            .slots()
            .acquire(state.function(), state.event(), runId, call.step().orElse(""))
            .thenCompose(slot ->
                whenOwned()
                    .thenCompose(_ -> send(state, call))
                    .whenComplete((_, _) -> slot.release()))
            .exceptionally(failure -> failed("Error", String.valueOf(failure.getMessage())))
            .thenAccept(heard -> hear(begun, heard));
  }

  /**
   * A call that is under way.
   *
   * @param settled how many steps were over when it began
   */
  private record Begun(Due.Call call, Active state, int settled, long atMillis) {}

  private static Heard failed(String name, String message) {
    var report = new Report.CallFailed(new Failure(name, message, ""), new Report.Again.ByRule());
    return new Heard(List.of(report), false);
  }

  private void hear(Begun begun, Heard heard) {
    desk.report(this, heard.reports(), Optional.empty(), new Ended(begun, heard));
  }

  /**
   * Completes once a call may begin: as long as it is in doubt whose the run is, somebody else may
   * have made it.
   */
  private CompletionStage<Void> whenOwned() {
    if (abandoned || surroundings.owned().test(runId)) {
      return CompletableFuture.completedStage(null);
    }
    var later = new CompletableFuture<Void>();
    var time = surroundings.time();
    var _ = time.at(time.instant().plus(LOOK_AGAIN), () -> later.complete(null));
    return later.thenCompose(_ -> whenOwned());
  }

  private CompletionStage<Heard> send(Active state, Due.Call call) {
    var time = surroundings.time();
    var about = new Heard.About(call.step(), state.event(), time.millis(), this::isKnown);
    return reply(state, call, about.calledAtMillis())
        .thenApply(reply -> Heard.of(reply, about, time.millis()));
  }

  private CompletionStage<Reply> reply(Active state, Due.Call call, long now) {
    var definition = surroundings.catalog().get().find(state.function());
    var remote = definition.flatMap(Definition::remote);
    if (abandoned || remote.isEmpty()) {
      return CompletableFuture.completedStage(
          new Unanswered(
              "FunctionGone", "function '" + state.function() + "' is not registered any more"));
    }
    return surroundings.caller().call(request(state, call, definition.get(), remote.get(), now));
  }

  private FunctionCaller.Call request(
      Active state, Due.Call call, Definition definition, Remote remote, long now) {
    var random = ThreadLocalRandom.current();
    var request = Ulid.of(now, random.nextLong(), random.nextLong());
    return new FunctionCaller.Call(
        remote.url(),
        runId,
        request,
        call.step().map(StepKeys::hash).orElse(FunctionCaller.NO_TARGET),
        state.spoken(),
        CallBody.of(runId, state, call, request, definition.retries() + 1, now));
  }

  private boolean isKnown(String function) {
    return surroundings.catalog().get().find(function).isPresent();
  }

  /** A call has ended, and what it has led to is stored. */
  private final class Ended implements Handoff {
    private final Begun begun;
    private final Heard heard;

    private Ended(Begun begun, Heard heard) {
      this.begun = begun;
      this.heard = heard;
    }

    @Override
    public void block() {
      throw new IllegalStateException("nobody waits for a step here");
    }

    @Override
    public void resume(Active state) {
      if (begun.call().step().isPresent()) {
        resume(state, begun.call().step().get());
        return;
      }
      var now = surroundings.time().millis();
      asked = isAskedInVain() ? NEVER : new Due.Asked.Then(begun.settled());
      if (idle() && isAtEnd(state, now)) {
        asked = new Due.Asked.Now();
        hear(begun, NOTHING_TO_DO);
      }
    }

    /** A call for a step that has led to nothing for that step is a failed attempt of it. */
    private void resume(Active state, String step) {
      if (state.step(step) == begun.state().step(step)) {
        var report =
            new Report.Threw(step, NOT_FOR_THIS_STEP, new Report.Again.ByRule(), begun.atMillis());
        hear(begun, new Heard(List.of(report), false));
      } else {
        underWay.remove(step);
      }
    }

    /** It is to be asked again, at once or after a pause. */
    private boolean isAskedInVain() {
      return heard.callAgain()
          || heard.reports().stream()
              .anyMatch(it -> it instanceof Report.CallFailed || it instanceof Report.Threw);
    }

    /** The function has not ended, and there is nothing that it could go on after. */
    private boolean isAtEnd(Active state, long now) {
      return asked instanceof Due.Asked.Then
          && Due.settled(state, now) == begun.settled()
          && !Due.isPending(state, now)
          && asked != NEVER;
    }

    @Override
    public void abandon() {}
  }
}
