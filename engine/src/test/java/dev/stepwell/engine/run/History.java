package dev.stepwell.engine.run;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.run.Report.Again;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A run that is asked anything: sensible things, repeated things, late things and nonsense. */
final class History {

  private static final String[] NAMES = {
    "a", "b", "c", "d", "e", RunCommand.Due.OWN_CODE, RunCommand.Due.GUARD
  };

  private final Random random;
  private final RunPolicy policy;
  private final List<RunFact> facts = new ArrayList<>();
  private final List<byte[]> stored = new ArrayList<>();
  private final List<RunCommand> asked = new ArrayList<>();
  private RunState lived = RunState.ABSENT;
  private Decision last = Decision.accept();
  private long now = Samples.NOON;
  private int left;

  History(Random random) {
    this.random = random;
    this.policy =
        new RunPolicy(random.nextInt(4), random.nextInt(2) * 40_000L, 2 + random.nextInt(5), 0);
    this.left = 5 + random.nextInt(50);
  }

  boolean hasNext() {
    return left > 0;
  }

  /** Asks the next thing, and stores and applies what follows. */
  RunCommand next() {
    left--;
    now += random.nextInt(10) == 0 ? random.nextInt(7_200_000) : random.nextInt(20_000) - 2_000;
    var command =
        asked.isEmpty() || random.nextInt(5) > 0 ? any() : asked.get(random.nextInt(asked.size()));
    asked.add(command);
    last = decide(command);
    if (last instanceof Decision.Accept(var more)) {
      for (var fact : more) {
        facts.add(fact);
        stored.add(RunFactCodec.INSTANCE.encode(fact));
        lived = lived.apply(fact);
      }
    }
    return command;
  }

  void live() {
    while (hasNext()) {
      next();
    }
  }

  Decision decide(RunCommand command) {
    return RunRules.decide(lived, command, policy, now, random.nextDouble());
  }

  /** What was decided last. */
  Decision last() {
    return last;
  }

  long now() {
    return now;
  }

  List<RunFact> facts() {
    return facts;
  }

  RunState lived() {
    return lived;
  }

  /** The state after recovery from what was stored. */
  RunState replayed() {
    var state = RunState.ABSENT;
    for (var bytes : stored) {
      state = state.apply(RunFactCodec.INSTANCE.decode(bytes));
    }
    return state;
  }

  private RunCommand any() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> new RunCommand.Start("fulfil-order", Samples.paid(random.nextInt(4)));
      case 2 -> new RunCommand.Due(name(), now);
      case 3 -> new RunCommand.Unmatched(name());
      case 4, 5 -> new RunCommand.Match(name(), Samples.paid(random.nextInt(8)));
      case 6 ->
          random.nextInt(3) == 0
              ? new RunCommand.Refuse(name(), Samples.RUN)
              : new RunCommand.InvokeEnd(name(), outcome());
      case 7 ->
          random.nextInt(6) == 0
              ? new RunCommand.Cancel("nonsense")
              : new RunCommand.Start("other", Samples.PLACED);
      default -> new RunCommand.Progress(reports());
    };
  }

  private List<Report> reports() {
    var reports = new ArrayList<Report>();
    for (var i = random.nextInt(5); i > 0; i--) {
      reports.add(report());
    }
    return reports;
  }

  private Report report() {
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4 -> new Report.Succeeded(name(), json(), now - random.nextInt(500));
      case 5, 6, 7, 8 -> new Report.Threw(name(), failure(), again(), now);
      case 9, 10 -> new Report.Sleep(name(), now + random.nextInt(100_000) - 50_000);
      case 11, 12, 13 ->
          new Report.Wait(name(), awaited(), random.nextInt(100_000), random.nextBoolean());
      case 14, 15 -> new Report.Invoke(name(), "pack", Json.EMPTY_OBJECT, random.nextInt(100_000));
      case 16 -> new Report.Warn("warning " + random.nextInt(3));
      case 17, 18 -> new Report.Broke(failure(), again());
      case 19 -> new Report.CallFailed(failure(), again());
      case 20, 21 -> new Report.Planned(name(), random.nextInt(4) == 0);
      case 22 -> new Report.Spoke(random.nextInt(3));
      default -> random.nextInt(3) == 0 ? new Report.Returned(json()) : new Report.Warn("fine");
    };
  }

  private Awaited awaited() {
    return switch (random.nextInt(4)) {
      case 0 -> Samples.PAID;
      case 3 -> new Awaited.OfExpression("order/paid", "async.data.orderId == 'o-1'");
      case 1 -> new Awaited.OfEvent("order/paid", Optional.<Match>empty());
      default -> new Awaited.OfSignal("go");
    };
  }

  private Outcome outcome() {
    return switch (random.nextInt(3)) {
      case 0 -> new Outcome.Completed(json());
      case 1 -> new Outcome.Failed(failure());
      default -> new Outcome.Cancelled("elsewhere");
    };
  }

  private Again again() {
    return switch (random.nextInt(4)) {
      case 0 -> new Again.Never();
      case 1 -> new Again.After(random.nextLong());
      default -> new Again.ByRule();
    };
  }

  private Failure failure() {
    var details = random.nextBoolean() ? Optional.of(json()) : Optional.<Json>empty();
    return new Failure("E" + random.nextInt(3), "\u00FC".repeat(random.nextInt(5)), "", details);
  }

  private Json json() {
    return Json.of("[" + random.nextInt(1_000) + "]");
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }
}
