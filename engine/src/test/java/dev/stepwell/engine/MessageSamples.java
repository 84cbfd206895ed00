package dev.stepwell.engine;

import dev.stepwell.engine.event.EventLog;
import dev.stepwell.engine.flow.Slots;
import dev.stepwell.engine.function.Registry;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.retention.Retention;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.Refusal;
import dev.stepwell.engine.run.RunCommand;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.run.RunView.StepView;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.LogClosing;
import dev.stepwell.engine.wait.Wait;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Message;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Everything that travels between nodes: each kind of message at least once, with optional fields
 * there and not, and each alternative of a sealed field.
 *
 * @param refs makes whom to answer
 */
record MessageSamples(Supplier<ActorRef<?>> refs) {

  private static final long NOON = 1_767_268_800_000L;
  private static final Instant AT = Instant.ofEpochMilli(NOON + 7);
  private static final Ulid RUN = Ulid.of(NOON, 3, -5);
  private static final Failure FAILURE = new Failure("E", "half ✓ \uD83D\uDC4D", "at x");
  private static final Timer TIMER = new Timer(new Target.OfRun(RUN, "nap"), NOON);
  private static final byte[] BYTES = {0, -1, 127, -128};

  private static final Event PLAIN =
      new Event(
          RUN,
          Optional.empty(),
          "order/placed",
          NOON,
          NOON + 1,
          Json.of("{\"a\":\"ä \\u0000 €\",\"n\":1e999}"),
          Optional.empty(),
          Optional.empty());

  private static final Event FULL =
      new Event(
          RUN,
          Optional.of("their-id"),
          "order/placed",
          NOON,
          NOON + 1,
          Json.EMPTY_OBJECT,
          Optional.of(Json.of("{\"name\":\"Ada\"}")),
          Optional.of("2"));

  Stream<Message> all() {
    return Stream.of(events(), runs(), timers(), waits(), slots(), registry(), retention())
        .flatMap(messages -> messages);
  }

  private Stream<Message> events() {
    return Stream.of(
        new EventLog.Append(List.of(PLAIN, FULL), Optional.empty(), true, ref()),
        new EventLog.Append(List.of(PLAIN), Optional.of("function"), false, ref()),
        new EventLog.Appended(true),
        new EventLog.PathAdded("order/placed", "data.id", ref()),
        new EventLog.Close(NOON, ref()),
        new LogClosing.PartitionClosed(31, NOON),
        new EventLog.Release(RUN, 7, ref()),
        new EventLog.Hurry(),
        new EventLog.Stop(),
        new Answer.Accepted(Long.MAX_VALUE),
        new Answer.Settled(1),
        new Answer.Declined(2),
        new Answer.TooLate(3));
  }

  private Stream<Message> runs() {
    var wakeUps =
        Stream.of(
            new RunCommand.Start("function", FULL),
            new RunCommand.Start("function", PLAIN),
            new RunCommand.Due("", NOON),
            new RunCommand.Match("step", PLAIN),
            new RunCommand.InvokeEnd("step", new Outcome.Completed(Json.NULL)),
            new RunCommand.InvokeEnd("step", new Outcome.Failed(FAILURE)),
            new RunCommand.InvokeEnd("step", new Outcome.Cancelled("no more")));
    var commands =
        wakeUps.flatMap(command -> Stream.of(command, new RunEntity.WakeUp(command, -1, ref())));
    var others =
        Stream.of(
            new Outcome.Completed(Json.of("[1,2]")),
            new Outcome.Failed(FAILURE),
            new Outcome.Cancelled(""),
            new RunEntity.Describe(OptionalInt.empty(), ref()),
            new RunEntity.Describe(OptionalInt.of(7), ref()),
            new RunEntity.Description(Optional.empty(), false),
            new RunEntity.Description(Optional.of(barely()), true),
            full(),
            new RunEntity.Cancel("reason", ref()),
            new RunEntity.Cancellation(Optional.empty()),
            new RunEntity.Cancellation(Optional.of(new Refusal.NotFound())),
            new RunEntity.Cancellation(Optional.of(new Refusal.AlreadyEnded(RunStatus.FAILED))),
            new RunEntity.Stop());
    return Stream.concat(commands, others);
  }

  private static RunView barely() {
    return new RunView(
        RUN,
        "function",
        RunStatus.RUNNING,
        PLAIN,
        AT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static RunView full() {
    var begun =
        new StepView(
            "nap",
            RunView.Kind.SLEEP,
            RunView.Phase.SLEEPING,
            1,
            AT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(AT),
            Optional.of("order/placed"));
    var ended =
        new StepView(
            "step",
            RunView.Kind.RUN,
            RunView.Phase.FAILED,
            3,
            AT,
            Optional.of(AT),
            Optional.of(Json.of("\"x\"")),
            Optional.of(FAILURE),
            Optional.empty(),
            Optional.empty());
    return new RunView(
        RUN,
        "function",
        RunStatus.CANCELLED,
        FULL,
        AT,
        Optional.of(AT),
        Optional.of(Json.of("1")),
        Optional.of(FAILURE),
        2,
        Optional.of(AT),
        List.of(begun, ended),
        List.of("changed"));
  }

  private Stream<Message> timers() {
    return Stream.of(
        new Timers.Set(TIMER, ref()),
        new Timers.Set(new Timer(new Target.OfEvent(RUN), 0), ref()),
        new Timers.Cancel(new Timer(new Target.OfFunction("f", "* * * * *", NOON), NOON)),
        new Timers.Hurry(),
        new Timers.Stop(),
        new Timers.Stored(TIMER),
        new Target.OfRun(RUN, "nap"),
        new Target.OfEvent(RUN),
        new Target.OfFunction("f", "* * * * *", NOON),
        new Target.OfSlots("f|key"));
  }

  private Stream<Message> waits() {
    var wait =
        new Wait(
            RUN,
            "answer",
            "order/placed",
            Optional.of(new Match("data.id", "\"7\"")),
            NOON,
            OptionalLong.of(NOON - 1),
            RUN);
    var any =
        new Wait(RUN, "any", "order/placed", Optional.empty(), NOON, OptionalLong.empty(), RUN);
    return Stream.of(
        new Waits.Register(wait, true, ref()),
        new Waits.Register(any, false, ref()),
        new Waits.Registered(RUN, "answer", true, false, Optional.empty()),
        new Waits.Registered(RUN, "answer", false, true, Optional.of(RUN)),
        new Waits.Remove(RUN, "answer", ref()),
        new Waits.Removed(RUN, "answer"),
        new Waits.Offer(FULL, 9, ref()),
        new Waits.Signal("go", Json.of("{}"), ref()),
        new Waits.Delivered(RUN),
        new Waits.Nobody(),
        new Waits.Hurry(),
        new WaitPaths.Ensure("data.id", ref()),
        new WaitPaths.Active("order/placed", "data.id", NOON),
        new WaitPaths.Get(ref()),
        new WaitPaths.Known("order/placed", Set.of("", "data.id")),
        new WaitPaths.Acknowledged(31));
  }

  private Stream<Message> slots() {
    return Stream.of(
        new Slots.Acquire("holder", 1, 2, NOON, ref()),
        new Slots.Renew("holder", 1, 2, NOON, ref()),
        new Slots.Release("holder"),
        new Slots.Reminder(7, ref()),
        new Slots.Granted("f|key", "holder", NOON),
        new Slots.Stop());
  }

  private Stream<Message> registry() {
    return Stream.of(
        new Registry.Register(BYTES, ref()),
        new Registry.Registered(4),
        new Registry.Subscribe(ref()),
        new Registry.Published(BYTES, ref()),
        new Registry.Acknowledge(ref(), 4),
        new Registry.Stop());
  }

  private static Stream<Message> retention() {
    return Stream.of(new Retention.Wake(), new Retention.Stop());
  }

  @SuppressWarnings("unchecked") // nobody tells them anything
  private <A> ActorRef<A> ref() {
    return (ActorRef<A>) refs.get();
  }
}
