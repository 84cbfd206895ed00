package dev.stepwell.engine.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.execution.StepSlots;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Definition.Remote;
import dev.stepwell.engine.port.FunctionCaller;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunStates;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An app whose answers the test gives, and a run of its function: what the execution reports is
 * decided and applied at once, as an entity would.
 */
final class App implements FunctionCaller, Execution.Desk {

  static final Ulid RUN = Ulid.parse("01KDWK0000R0000000000000R1");
  static final String FUNCTION = "shop-pay";
  private static final String URL = "http://localhost:3000/api/inngest?fnId=shop-pay&stepId=step";

  /** Of calls that are under way, the oldest first. */
  private final List<Waiting> calls = new ArrayList<>();

  private final Clock clock = new Clock();
  private final int version;
  RunState state = RunStates.begun(FUNCTION, Json.of("{\"orderId\":\"o-1\"}"));
  boolean idle;
  private Execution execution;

  private record Waiting(Call call, CompletableFuture<Reply> reply) {}

  private static final class Clock implements Time {
    long now = 1_767_268_800_000L;

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now);
    }

    @Override
    public Alarm at(Instant at, Runnable ring) {
      throw new UnsupportedOperationException();
    }
  }

  /** An app that speaks a version of the protocol. */
  App(int version) {
    this.version = version;
    execution = launch();
  }

  private Execution launch() {
    var definition =
        new Definition(
            FUNCTION, List.of(), 2, Optional.empty(), Optional.of(new Remote("Pay", URL)));
    var shop = new dev.stepwell.engine.function.App("shop", Optional.empty(), List.of(definition));
    var catalog = new Catalog(1, List.of(shop), List.of());
    StepSlots slots = (_, _, _, _) -> CompletableFuture.completedStage(StepSlots.Slot.UNLIMITED);
    var surroundings = new SdkSurroundings(this, () -> catalog, slots, clock, _ -> true);
    return SdkExecution.launch(RUN, (Active) state, this, surroundings);
  }

  /** As after a crash: nothing but the state is left. */
  void crash() {
    execution.abandon();
    calls.clear();
    execution = launch();
  }

  void sleep(long millis) {
    clock.now += millis;
    execution.proceed((Active) state);
  }

  /** What is being executed: hashes of steps, and {@code step} for the function. */
  List<String> underWay() {
    return calls.stream().map(waiting -> waiting.call().target()).toList();
  }

  Call call(int index) {
    return calls.get(index).call();
  }

  /** Answers the oldest call for a target with ops. */
  void answers(String target, String ops) {
    reply(target, answered(206, ops, true));
  }

  void answers(String target, int status, String body) {
    reply(target, answered(status, body, true));
  }

  void reply(String target, Reply reply) {
    var waiting =
        calls.stream().filter(it -> it.call().target().equals(target)).findFirst().orElseThrow();
    calls.remove(waiting);
    waiting.reply().complete(reply);
  }

  Answered answered(int status, String body, boolean fromSdk) {
    return new Answered(
        status,
        fromSdk,
        OptionalInt.of(version),
        Optional.empty(),
        Optional.empty(),
        "application/json",
        body.getBytes(StandardCharsets.UTF_8));
  }

  static String op(String op, String name, String more) {
    return "{\"op\":\"%s\",\"id\":\"%s\",\"name\":\"%s\",\"displayName\":\"%s\"%s}"
        .formatted(op, StepKeys.hash(name), name, name, more);
  }

  @Override
  public CompletionStage<Reply> call(Call call) {
    var reply = new CompletableFuture<Reply>();
    calls.add(new Waiting(call, reply));
    return reply;
  }

  @Override
  public void report(
      Execution from, List<Report> reports, Optional<String> until, Execution.Handoff handoff) {
    assertThat(until).isEmpty();
    state = RunStates.after(state, reports, clock.now);
    if (state instanceof Active run) {
      handoff.resume(run);
    }
    if (state instanceof Active run) {
      execution.proceed(run);
    }
  }

  @Override
  public void idle(Execution from) {
    idle = true;
  }
}
