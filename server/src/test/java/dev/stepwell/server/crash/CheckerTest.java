package dev.stepwell.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.server.crash.LedgerLine.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker sees each thing that can go wrong, and nothing where all went well. */
class CheckerTest {

  private final World world = new World();

  private void sees(String what) {
    assertThat(world.violations()).anySatisfy(violation -> assertThat(violation).contains(what));
  }

  @Test
  void aWorldInWhichAllWentWellHasNoViolations() {
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void repeatedExecutionsAreThoseThatAKillHasCutOff() {
    assertThat(Checker.check(world.evidence()).repeatedExecutions()).isEqualTo(1);
  }

  @Test
  void anAcknowledgedEventWithoutARunIsSeen() {
    world.runs.removeIf(run -> run.id().equals("N"));
    world.ledger.removeIf(line -> line.runId().equals("N"));
    sees("n has 0 runs");
  }

  @Test
  void anEventThatMayNotHaveArrivedNeedsNoRun() {
    world.runs.removeIf(run -> run.id().equals("N"));
    world.ledger.removeIf(line -> line.runId().equals("N"));
    world.acknowledged.remove("n");
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void aSecondRunForOneEventIsSeen() {
    world.step("Q2", "q", "ask", "", "k");
    world.run("Q2", CrashFunctions.QUESTION, "q", "h", World.done("ask", "k"));
    sees("q has 2 runs");
  }

  @Test
  void aRunForSomethingNeverSentIsSeen() {
    world.attempted.remove("n");
    world.acknowledged.remove("n");
    sees("n ran, and was never sent");
  }

  @Test
  void aRunForSomethingNeverAskedIsSeen() {
    world.run("X", CrashFunctions.NAP, "foreign", "a");
    sees("run X of crash-nap has 0 others");
  }

  @Test
  void anExecutionOutsideAnyRunIsSeen() {
    world.step("Z", "n", "ask", "", "k");
    sees("and is not listed");
  }

  @Test
  void anExecutionForAnothersSakeIsSeen() {
    world.write(3, 5_000, "N", "w", "after", Mark.BEGIN, "b");
    sees("was executed as another");
  }

  @Test
  void aRunThatHasNotEndedIsSeen() {
    var run = world.runs.removeFirst();
    world.runs.add(
        new Seen.Run(
            run.id(),
            run.function(),
            run.eventId(),
            "Running",
            "Running",
            World.none(),
            "",
            run.steps()));
    sees("run W of crash-work is Running");
  }

  @Test
  void aListThatSaysOtherwiseThanTheRunIsSeen() {
    var run = world.runs.removeFirst();
    world.runs.add(
        new Seen.Run(
            run.id(),
            run.function(),
            run.eventId(),
            "Running",
            run.status(),
            run.endedAtMillis(),
            run.output(),
            run.steps()));
    sees("run W is listed as Running");
  }

  @Test
  void anEndThatWasTwiceHeardOfIsSeen() {
    world.step("F2", "W", "note", "", "o");
    world.run("F2", CrashFunctions.WATCH, "W", "o", World.done("note", "o"));
    sees("run W of crash-work has 2 others");
  }

  @Test
  void aSecondRunThatWasCalledIsSeen() {
    world.step("D2", "c", "work", "", "d");
    world.run("D2", CrashFunctions.CALLED, "c", "d", World.done("work", "d"));
    sees("run C of crash-call has 2 others");
  }

  @Test
  void aStepThatIsExecutedAgainAfterItsResultWasStoredIsSeen() {
    world.write(3, 5_000, "W", "w", "flaky", Mark.BEGIN, "t");
    sees("flaky was executed again after its result was stored");
  }

  @Test
  void aStepThatIsExecutedAgainAfterALaterOneHasBegunIsSeen() {
    world.write(3, 5_000, "C", "c", "prepare", Mark.BEGIN, "");
    sees("prepare began again after a later step had begun");
  }

  @Test
  void aStepThatIsExecutedTwiceWithoutAKillIsSeen() {
    executeSecondTwiceInOneLife();
    sees("second was executed 2 times in one life");
  }

  @Test
  void whereOutcomesAreUnknownAStepMayBeExecutedTwiceInOneLifeButNotAfterItsResultWasStored() {
    executeSecondTwiceInOneLife();
    assertThat(Checker.check(world.evidence().notOnlyKills()).violations()).isEmpty();

    world.write(3, 5_000, "W", "w", "flaky", Mark.BEGIN, "t");
    assertThat(Checker.check(world.evidence().notOnlyKills()).violations())
        .singleElement()
        .asString()
        .contains("flaky was executed again after its result was stored");
  }

  private void executeSecondTwiceInOneLife() {
    world.ledger.replaceAll(line ->
        line.token().equals("lost") || line.is("second", Mark.BEGIN)
            ? new LedgerLine(
                2, 2_000, "W", line.function(), "w", "second", line.mark(), line.token())
            : line);
  }

  @Test
  void aResultThatTheCodeNeverReturnedIsSeen() {
    world.change("W", "third", _ -> World.done("third", "forged"));
    sees("third has a result that its code never returned");
  }

  @Test
  void aStepThatWasGivenALostResultIsSeen() {
    world.ledger.replaceAll(line ->
        line.is("third", Mark.BEGIN)
            ? new LedgerLine(2, 2_020, "W", line.function(), "w", "third", Mark.BEGIN, "lost")
            : line);
    sees("third was given 'lost', and 's' is stored");
  }

  @Test
  void anInvocationWithAnothersOutcomeIsSeen() {
    world.change("C", "invoke", _ -> World.done("invoke", "foreign"));
    sees("collect was given 'l,r,d', and 'l,r,foreign' is stored");
  }

  @Test
  void aCompletedRunThatHasSkippedAStepIsSeen() {
    var run = world.runs.removeFirst();
    world.runs.add(
        new Seen.Run(
            run.id(),
            run.function(),
            run.eventId(),
            run.listed(),
            run.status(),
            run.endedAtMillis(),
            run.output(),
            List.of()));
    sees("it has completed without a result of first");
  }

  @Test
  void aSleepThatWasTooShortIsSeen() {
    world.ledger.replaceAll(line ->
        line.is("after", Mark.BEGIN)
            ? new LedgerLine(2, 2_004, "N", line.function(), "n", "after", Mark.BEGIN, "b")
            : line);
    sees("after began at 2004, before 2005");
  }

  @Test
  void aWaitThatTimedOutTooSoonIsSeen() {
    world.ledger.replaceAll(line ->
        line.is("hear", Mark.BEGIN) && line.runId().equals("T")
            ? new LedgerLine(1, 2_999, "T", line.function(), "t", "hear", Mark.BEGIN, line.token())
            : line);
    sees("hear began at 2999, before 3000");
  }

  @Test
  void anAnswerThatWasMissedIsSeen() {
    world.change(
        "Q",
        "answer",
        step ->
            new Seen.Step(
                step.name(), "timed_out", 1, 1_000, World.some(61_000), World.none(), ""));
    sees("missed its answer");
  }

  @Test
  void anAnswerThatNobodyGaveIsSeen() {
    world.change(
        "T",
        "answer",
        step ->
            new Seen.Step(
                step.name(), "completed", 1, 1_000, World.some(2_000), World.none(), "a"));
    sees("heard 'a', which nobody said in time");
  }
}
