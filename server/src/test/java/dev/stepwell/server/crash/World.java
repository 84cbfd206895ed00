package dev.stepwell.server.crash;

import dev.stepwell.server.crash.Asked.Answers;
import dev.stepwell.server.crash.LedgerLine.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Evidence of a little world in which all went well: one run of each function, and a kill in the
 * middle of the step {@code second}. To be doctored.
 */
final class World {

  final Map<String, Asked> asked = new HashMap<>();
  final Set<String> attempted = new HashSet<>();
  final Set<String> acknowledged = new HashSet<>();
  final List<LedgerLine> ledger = new ArrayList<>();
  final List<Seen.Run> runs = new ArrayList<>();
  final List<Seen.Event> events = new ArrayList<>();

  World() {
    ask(new Asked("w", CrashFunctions.WORK, 0, Answers.NOT_APPLICABLE));
    ask(new Asked("n", CrashFunctions.NAP, 1_000, Answers.NOT_APPLICABLE));
    ask(new Asked("q", CrashFunctions.QUESTION, 3_600_000, Answers.IN_TIME));
    ask(new Asked("t", CrashFunctions.QUESTION, 2_000, Answers.NEVER));
    ask(new Asked("c", CrashFunctions.CALL, 0, Answers.NOT_APPLICABLE));
    work();
    nap();
    questions();
    call();
  }

  private void ask(Asked thing) {
    asked.put(thing.key(), thing);
    attempted.add(thing.key());
    acknowledged.add(thing.key());
  }

  private void work() {
    step("W", "w", "first", "", "f");
    write(1, 1_010, "W", "w", "second", Mark.BEGIN, "f");
    write(1, 1_020, "W", "w", "second", Mark.END, "lost");
    write(2, 2_000, "W", "w", "second", Mark.BEGIN, "f");
    write(2, 2_010, "W", "w", "second", Mark.END, "s");
    step("W", "w", "third", "s", "t");
    write(2, 2_030, "W", "w", "flaky", Mark.BEGIN, "t");
    write(2, 2_040, "W", "w", "flaky", Mark.FAIL, "");
    step("W", "w", "flaky", "t", "x");
    run(
        "W",
        CrashFunctions.WORK,
        "w",
        "x",
        done("first", "f"),
        done("second", "s"),
        done("third", "t"),
        done("flaky", "x"));
    step("F", "W", "note", "", "o");
    run("F", CrashFunctions.WATCH, "W", "o", done("note", "o"));
  }

  private void nap() {
    write(1, 1_000, "N", "n", "before", Mark.BEGIN, "");
    write(1, 1_005, "N", "n", "before", Mark.END, "b");
    write(2, 2_006, "N", "n", "after", Mark.BEGIN, "b");
    write(2, 2_008, "N", "n", "after", Mark.END, "a");
    var nap = new Seen.Step("nap", "completed", 1, 1_006, some(2_006), some(2_006), "");
    run("N", CrashFunctions.NAP, "n", "a", done("before", "b"), nap, done("after", "a"));
  }

  private void questions() {
    step("Q", "q", "ask", "", "k");
    var answer = new Seen.Step("answer", "completed", 1, 1_000, some(3_000), none(), "a");
    step("Q", "q", "hear", "a", "h");
    run("Q", CrashFunctions.QUESTION, "q", "h", done("ask", "k"), answer, done("hear", "h"));
    step("T", "t", "ask", "", "k");
    var nothing = new Seen.Step("answer", "timed_out", 1, 1_000, some(3_000), none(), "");
    write(1, 3_000, "T", "t", "hear", Mark.BEGIN, CrashFunctions.NO_ANSWER);
    write(1, 3_001, "T", "t", "hear", Mark.END, "h");
    run("T", CrashFunctions.QUESTION, "t", "h", done("ask", "k"), nothing, done("hear", "h"));
  }

  private void call() {
    step("C", "c", "prepare", "", "p");
    step("C", "c", "left", "p", "l");
    step("C", "c", "right", "p", "r");
    step("D", "c", "work", "", "d");
    step("C", "c", "collect", "l,r,d", "o");
    run(
        "C",
        CrashFunctions.CALL,
        "c",
        "o",
        done("prepare", "p"),
        done("left", "l"),
        done("right", "r"),
        done("invoke", "d"),
        done("collect", "o"));
    run("D", CrashFunctions.CALLED, "c", "d", done("work", "d"));
  }

  /** A step that nothing has befallen. */
  void step(String run, String key, String step, String given, String token) {
    write(2, 4_000, run, key, step, Mark.BEGIN, given);
    write(2, 4_001, run, key, step, Mark.END, token);
  }

  void write(
      int life, long wallMillis, String run, String key, String step, Mark mark, String token) {
    ledger.add(new LedgerLine(life, wallMillis, run, function(run), key, step, mark, token));
  }

  private static String function(String run) {
    return switch (run.charAt(0)) {
      case 'W' -> CrashFunctions.WORK;
      case 'F' -> CrashFunctions.WATCH;
      case 'N' -> CrashFunctions.NAP;
      case 'C' -> CrashFunctions.CALL;
      case 'D' -> CrashFunctions.CALLED;
      default -> CrashFunctions.QUESTION;
    };
  }

  void run(String id, String function, String about, String output, Seen.Step... steps) {
    var event = "event-" + id;
    events.add(new Seen.Event(event, "", about));
    runs.add(
        new Seen.Run(
            id, function, event, "Completed", "Completed", some(9_000), output, List.of(steps)));
  }

  static Seen.Step done(String name, String output) {
    return new Seen.Step(name, "completed", 1, 0, some(0), none(), output);
  }

  /** Replaces the run's steps of that name. */
  void change(String run, String step, UnaryOperator<Seen.Step> change) {
    runs.replaceAll(seen ->
        seen.id().equals(run)
            ? new Seen.Run(
                seen.id(),
                seen.function(),
                seen.eventId(),
                seen.listed(),
                seen.status(),
                seen.endedAtMillis(),
                seen.output(),
                seen.steps().stream()
                    .map(s -> s.name().equals(step) ? change.apply(s) : s)
                    .toList())
            : seen);
  }

  static OptionalLong some(long millis) {
    return OptionalLong.of(millis);
  }

  static OptionalLong none() {
    return OptionalLong.empty();
  }

  Evidence evidence() {
    return new Evidence(asked, attempted, acknowledged, ledger, runs, events, true);
  }

  List<String> violations() {
    return Checker.check(evidence()).violations();
  }
}
