package dev.stepwell.testkit;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventNames;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.Steps.Work;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.execution.JsonValues;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * The engine in a test. Every method returns only once nothing goes on any more: whatever is left
 * waits for an event, a signal, or for the clock, which stands still until {@link #advance} turns
 * it. For one thread.
 */
public final class TestEngine implements AutoCloseable {

  private static final int PAGE = 1_000;

  private final StepTable steps = new StepTable();
  private final Random random;
  private final Lives lives;

  TestEngine(TestSetup setup) {
    this.random = new Random(setup.seed().orElse(0));
    var spread = new Random(setup.seed().orElse(0));
    this.lives = new Lives(setup, steps, () -> setup.seed().isPresent() ? spread.nextDouble() : 0);
  }

  /** An engine that knows these functions, and keeps everything in memory. */
  public static TestEngine with(DurableFunction<?, ?>... functions) {
    return TestSetup.of(functions).start();
  }

  /**
   * Sends an event, and lets the one run that it starts get as far as it can by now.
   *
   * @param event a record with an {@link dev.stepwell.EventName}, or an {@link OutgoingEvent}
   * @throws AssertionError if it starts no run, or several
   */
  public TestRun send(Record event) {
    var runs = sendAll(event);
    if (runs.size() != 1) {
      throw new AssertionError(
          "%s started %s; if that is right, use sendAll"
              .formatted(OutgoingEvent.of(event).name(), runs.isEmpty() ? "no run" : runs));
    }
    return runs.getFirst();
  }

  /**
   * Sends events together; again, with the same ids, if a crash comes before the answer.
   *
   * @return the runs that they have started by now, in the order of the events
   */
  public List<TestRun> sendAll(Record... events) {
    var accepted = Arrays.stream(events).map(event -> newEvent(OutgoingEvent.of(event))).toList();
    var entropy = new byte[IdSeed.ENTROPY_BYTES];
    random.nextBytes(entropy);
    var seed = new IdSeed(lives.clock().millis(), entropy);
    var _ = lives.ask(engine -> engine.send(accepted, Optional.of(seed)));
    var runs = new ArrayList<TestRun>();
    for (var place = 1; place <= events.length; place++) {
      runs.addAll(runsOf(seed.id(place)));
    }
    return runs;
  }

  private static NewEvent newEvent(OutgoingEvent event) {
    return new NewEvent(
        event.name(),
        JsonValues.write(event.data()),
        event.id(),
        event.ts().map(ts -> OptionalLong.of(ts.toEpochMilli())).orElseGet(OptionalLong::empty),
        event.user().map(JsonValues::write),
        Optional.empty());
  }

  private List<TestRun> runsOf(Ulid event) {
    return lives
        .ask(engine -> engine.events().get(event))
        .map(row -> lives.engine().runsOf(row))
        .orElse(List.of())
        .stream()
        .filter(id -> lives.ask(engine -> engine.run(id)).isPresent())
        .map(id -> new TestRun(this, id))
        .toList();
  }

  /**
   * Hands a value to the run that waits for a signal.
   *
   * @return that run; empty if none waits for it
   */
  public Optional<TestRun> signal(String signal, Object value) {
    return lives
        .ask(engine -> engine.signal(signal, JsonValues.write(value)))
        .map(id -> new TestRun(this, id));
  }

  /**
   * The engine itself, for code that is to be tested with it, and for the code of steps. Does not
   * wait; is another one after a crash.
   */
  public Engine engine() {
    return lives.engine();
  }

  /** Turns the clock; what is due happens in the order of its instants, each to its end. */
  public void advance(Duration by) {
    advanceTo(now().plus(by));
  }

  /** Turns the clock to {@code instant}; not back, if that has passed. */
  public void advanceTo(Instant instant) {
    lives.advanceTo(instant);
  }

  /** Where the clock stands. */
  public Instant now() {
    return lives.clock().instant();
  }

  /**
   * All runs, in the order of the instants at which their events were accepted, and those of one
   * instant in the order of their ids.
   */
  public List<TestRun> runs() {
    var runs = new ArrayList<TestRun>();
    var after = Optional.<String>empty();
    do {
      var query =
          new RunIndex.Query(
              Optional.empty(),
              Optional.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              after,
              PAGE);
      var page = lives.ask(engine -> engine.runs().list(query));
      page.items().forEach(row -> runs.add(new TestRun(this, row.runId())));
      after = page.next();
    } while (after.isPresent());
    return runs.reversed();
  }

  /** The runs of one function. */
  public List<TestRun> runs(String function) {
    return runs().stream().filter(run -> run.function().equals(function)).toList();
  }

  /**
   * The one run of a function.
   *
   * @throws AssertionError if there is none, or several
   */
  public TestRun run(String function) {
    var runs = runs(function);
    if (runs.size() != 1) {
      throw new AssertionError(function + " has not one run, but " + runs);
    }
    return runs.getFirst();
  }

  /**
   * All events but the engine's own, in the order of the instants at which they were accepted, and
   * those of one instant in the order of their ids.
   */
  public List<Event> events() {
    var events = new ArrayList<Event>();
    var after = Optional.<String>empty();
    do {
      var query =
          new EventIndex.Query(
              Optional.empty(), false, OptionalLong.empty(), OptionalLong.empty(), after, PAGE);
      var page = lives.ask(engine -> engine.events().list(query));
      page.items().forEach(row -> events.add(row.event()));
      after = page.next();
    } while (after.isPresent());
    return events.reversed();
  }

  /** What came with all events of that type's name. */
  public <E extends Record> List<E> events(Class<E> type) {
    return events().stream()
        .filter(event -> event.name().equals(EventNames.of(type)))
        .map(event -> JsonValues.read(event.data(), type))
        .toList();
  }

  /** From now on {@code code} is performed in place of the code of the step with that name. */
  public void fake(String step, Work<?> code) {
    steps.fake(step, code);
  }

  /** How often the code of steps with that name, or its fake, has been begun. */
  public int executions(String step) {
    return steps.executions(step);
  }

  /**
   * Ends the engine at once, as the end of its process would, and starts it again on what it has
   * stored.
   */
  public void crash() {
    lives.crash(lives.setup());
  }

  /** As {@link #crash}; the engine that is started knows these functions and no others. */
  public void deploy(DurableFunction<?, ?>... functions) {
    lives.crash(lives.setup().functions(functions));
  }

  /** Has the engine crash, once, when the code of the step with that name is about to begin. */
  public void crashBefore(String step) {
    lives.crashes().beforeStep(step);
  }

  /** Has the engine crash, once, when that code is through, and nothing of it is stored yet. */
  public void crashAfter(String step) {
    lives.crashes().afterStep(step);
  }

  /** Has the engine crash at the {@code count}th write to its store from now on, unwritten. */
  public void crashBeforeWrite(int count) {
    lives.crashes().beforeWrite(count);
  }

  /** Has the engine crash when the {@code count}th write from now on is stored, unanswered. */
  public void crashAfterWrite(int count) {
    lives.crashes().afterWrite(count);
  }

  /**
   * Has the engine crash wherever {@code plan} says so, from now on and in place of any earlier.
   */
  public void crashBy(CrashPlan plan) {
    lives.crashes().by(plan);
  }

  /** How often the engine has written to its store. */
  public int writes() {
    return lives.crashes().writes();
  }

  /**
   * Runs the function of {@code run} again, on the results that its steps have recorded, without
   * executing any of them: as the engine does after a pause. Changed code is found out so.
   *
   * @throws AssertionError at the first thing that is not as recorded: a step that is missing, new,
   *     of another kind or in another place, or another end
   */
  public void replay(TestRun run) {
    Replay.of(run.view(), new JavaFunctions(lives.setup().functions()));
  }

  RunView view(Ulid run) {
    return lives
        .ask(engine -> engine.run(run))
        .orElseThrow(() -> new AssertionError("There is no run " + run + "."));
  }

  void cancel(Ulid run, String reason) {
    var _ = lives.ask(engine -> engine.cancel(run, reason));
  }

  /** Ends the engine; its store stays as it is. */
  @Override
  public void close() {
    lives.close();
  }
}
