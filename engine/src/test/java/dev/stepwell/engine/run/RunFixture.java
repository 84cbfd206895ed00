package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.FakeShards;
import dev.stepwell.engine.FaultyJournal;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.TestNode;
import dev.stepwell.engine.event.EventLog;
import dev.stepwell.engine.execution.Busy;
import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.execution.JavaLauncher;
import dev.stepwell.engine.execution.JavaSurroundings;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.execution.StepSlots;
import dev.stepwell.engine.execution.Story;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.LocalShards;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Runs of one function, with a test in the place of the event log, the timers and the waits. */
final class RunFixture implements AutoCloseable {

  final HandTime time = new HandTime(Instant.ofEpochMilli(Samples.NOON));
  final FakeShards others = new FakeShards();
  final List<Object> handedOn = new CopyOnWriteArrayList<>();
  final AtomicInteger launches = new AtomicInteger();

  /** Whether what a life hands on when it stops gets lost, as when its process dies. */
  volatile boolean crashing;

  /** Whether timers and waits are stored as soon as they are asked for. */
  volatile boolean answering = true;

  private final TestNode node = new TestNode();
  private final Shards shards;
  private final TestProbe<Answer> source = node.kit().createTestProbe(Answer.class);

  RunFixture(Story.Body body) {
    this(Duration.ofSeconds(10), body);
  }

  RunFixture(Duration shortPause, Story.Body body) {
    others.answer(Timers.KIND, (_, message) -> answer(message));
    others.answer(Waits.KIND, (_, message) -> answer(message));
    others.answer(
        EventLog.KIND,
        (_, message) -> {
          if (message instanceof EventLog.Append append) {
            append.replyTo().tell(new EventLog.Appended(false));
          }
        });
    var hosted = new CompletableFuture<Shards>();
    node.kit()
        .spawn(
            Behaviors.<Void>setup(context -> {
              var local = new LocalShards(context);
              var surroundings = surroundings(new Both(local), shortPause, body);
              local.host(
                  RunEntity.KIND, (id, passivate) -> RunEntity.create(id, surroundings, passivate));
              hosted.complete(local);
              return Behaviors.empty();
            }));
    shards = hosted.join();
  }

  private RunSurroundings surroundings(Shards all, Duration shortPause, Story.Body body) {
    var java =
        new JavaLauncher(
            new JavaSurroundings(
                new JavaFunctions(List.of(new Story(body))),
                time,
                _ -> CompletableFuture.completedFuture(null),
                (_, _, _, _) -> CompletableFuture.completedFuture(StepSlots.Slot.UNLIMITED),
                Busy.UNCOUNTED,
                StepCode.AS_WRITTEN,
                _ -> true));
    return new RunSurroundings(
        time,
        all,
        1,
        shortPause.toMillis(),
        (runId, state, desk) -> {
          launches.incrementAndGet();
          return java.launch(runId, state, desk);
        },
        _ -> Samples.POLICY,
        _ -> false,
        node.kit().spawn(RunEnlister.create(node.memory().runs())),
        RunListener.NONE,
        () -> 0);
  }

  private void answer(Object message) {
    if (answering) {
      switch (message) {
        case Timers.Set set -> set.replyTo().tell(new Timers.Stored(set.timer()));
        case Waits.Register register ->
            register
                .replyTo()
                .tell(
                    new Waits.Registered(
                        register.subscription().run(),
                        register.subscription().step(),
                        register.over(),
                        false,
                        Optional.empty()));
        default -> {}
      }
    }
  }

  /** From now on everything is answered, also what was asked for before. */
  void answerAll() {
    answering = true;
    timersSet().forEach(this::answer);
    others.told(Waits.KIND, Waits.Register.class).forEach(this::answer);
  }

  /** Turns the clock in small steps. */
  void advanceUntil(BooleanSupplier condition) {
    await()
        .until(() -> {
          time.advance(Duration.ofMillis(1));
          return condition.getAsBoolean();
        });
  }

  /** Wakes the run as its event does. */
  TestProbe<Answer> start() {
    return wake(1, new RunCommand.Start("story", Samples.PLACED));
  }

  /** Wakes the run; the answers come to one probe. */
  TestProbe<Answer> wake(long token, RunCommand.WakeUp command) {
    shards.tell(
        RunEntity.KIND,
        Samples.RUN.toString(),
        new RunEntity.WakeUp(command, token, source.getRef()));
    return source;
  }

  /** Wakes the run as the timer does that it has set last. */
  TestProbe<Answer> ring(long token) {
    return ring(token, timersSet().getLast().timer());
  }

  TestProbe<Answer> ring(long token, Timer timer) {
    var step = ((Target.OfRun) timer.target()).step();
    return wake(token, new RunCommand.Due(step, timer.dueAtMillis()));
  }

  /** Starts the run, and returns once it has settled. */
  void live() {
    assertThat(start().receiveMessage()).isEqualTo(new Answer.Settled(1));
  }

  /** Stops the run, whatever it is at, as happens before its shard moves to another node. */
  void stop() {
    shards.tell(RunEntity.KIND, Samples.RUN.toString(), new RunEntity.Stop());
  }

  TestProbe<RunEntity.Cancellation> cancel() {
    TestProbe<RunEntity.Cancellation> probe =
        node.kit().createTestProbe(RunEntity.Cancellation.class);
    shards.tell(
        RunEntity.KIND, Samples.RUN.toString(), new RunEntity.Cancel("not wanted", probe.getRef()));
    return probe;
  }

  Optional<RunView> view() {
    return shards
        .ask(
            RunEntity.KIND,
            Samples.RUN.toString(),
            (ActorRef<RunEntity.Description> replyTo) ->
                new RunEntity.Describe(OptionalInt.empty(), replyTo),
            Duration.ofSeconds(10))
        .thenApply(RunEntity.Description::view)
        .toCompletableFuture()
        .join();
  }

  Optional<Json> output() {
    return view().flatMap(RunView::output);
  }

  FaultyJournal journal() {
    return node.journal();
  }

  /** What the run has written, write by write. */
  List<List<RunFact>> writes() {
    return journal().writes().stream()
        .map(write -> write.facts().stream().map(RunFactCodec.INSTANCE::decode).toList())
        .toList();
  }

  Optional<RunIndex.Row> row() {
    return node.memory().runs().get(Samples.RUN).toCompletableFuture().join();
  }

  /** As if the run had never been put on the list. */
  void forgetRow() {
    node.memory().runs().delete(List.of(row().orElseThrow())).toCompletableFuture().join();
  }

  List<Timers.Set> timersSet() {
    return others.told(Timers.KIND, Timers.Set.class);
  }

  @Override
  public void close() {
    node.close();
  }

  /** Runs here, and the rest elsewhere. */
  private final class Both implements Shards {
    private final Shards runs;

    private Both(Shards runs) {
      this.runs = runs;
    }

    private Shards of(Kind<?> kind) {
      return kind.equals(RunEntity.KIND) ? runs : others;
    }

    @Override
    public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
      of(kind).host(kind, create);
    }

    @Override
    public <M> void tell(Kind<M> kind, String id, M message) {
      of(kind).tell(kind, id, message);
    }

    @Override
    public <M> void handOn(Kind<M> kind, String id, M message) {
      handedOn.add(message);
      if (!crashing) {
        tell(kind, id, message);
      }
    }

    @Override
    public <M, A extends Message> CompletionStage<A> ask(
        Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
      return of(kind).ask(kind, id, message, timeout);
    }
  }
}
