package dev.stepwell.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.OwnEvents;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunFactCodec;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditTest {

  private static final long SETTLED = 10_000;
  private static final long BEGUN = 1_000;
  private static final long OVER = 2_000;
  private static final String FUNCTION = "ship";

  private final Event order = event(Ulid.of(BEGUN, 1, 2), "order/placed");
  private final Ulid run = order.id().derive(FUNCTION);
  private final Audit audit = new Audit(SETTLED);

  private final RunFact started = new RunFact.Started(FUNCTION, order, BEGUN);
  private final RunFact paid = new RunFact.StepSucceeded("pay", Json.of("1"), BEGUN, BEGUN);
  private final RunFact over = new RunFact.Ended(new Outcome.Completed(Json.of("2")), OVER);

  @Test
  void findsNothingWhereAllIsAsItMustBe() {
    audit.event(row(order, FUNCTION));
    audit.event(row(finished(OVER)));
    audit.run(run, facts(started, paid, over));
    audit.row(listed(RunStatus.COMPLETED));

    assertThat(audit.end()).isEqualTo(new Audit.Report(2, 1, 1, List.of(), 0));
  }

  @Test
  void missesTheRunOfAnEvent() {
    audit.event(row(order, FUNCTION));

    assertFound(Violation.ONE_RUN, "an event began it, of ship: no facts");
  }

  @Test
  void findsARunThatNothingBegan() {
    var other = order.id().derive("bill");
    audit.run(other, facts(started));
    audit.row(listed(other, RunStatus.RUNNING));

    assertThat(audit.end().violations())
        .containsExactly(
            new Violation(
                Violation.ONE_RUN,
                other.toString(),
                "its id is not made of its event's and its function"));
  }

  @Test
  void findsASecondResultOfAStep() {
    audit.event(row(order, FUNCTION));
    audit.run(run, facts(started, paid, paid));
    audit.row(listed(RunStatus.RUNNING));

    assertFound(
        Violation.ONE_RESULT, "step 'pay' was Succeeded, and something else is recorded of it");
  }

  @Test
  void findsWhatHappenedAfterTheEnd() {
    audit.event(row(order, FUNCTION));
    audit.event(row(finished(OVER)));
    audit.run(run, facts(started, over, paid));
    audit.row(listed(RunStatus.COMPLETED));

    assertThat(audit.end().violations())
        .extracting(Violation::rule)
        .containsExactly(Violation.ONE_END);
  }

  @Test
  void findsAWaitThatTimedOutEarly() {
    var awaited = new Awaited.OfEvent("order/paid", Optional.empty());
    audit.event(row(order, FUNCTION));
    audit.run(
        run,
        facts(
            started,
            new RunFact.WaitStarted("paid", awaited, 5_000, OptionalLong.empty(), BEGUN),
            new RunFact.WaitTimedOut("paid", 4_990)));
    audit.row(listed(RunStatus.RUNNING));

    assertFound(Violation.NOT_EARLY, "the wait 'paid' timed out 10 ms early");
  }

  @Test
  void findsAnEndThatWasToldTwice() {
    audit.event(row(order, FUNCTION));
    audit.event(row(finished(OVER)));
    audit.event(row(finished(OVER + 1)));
    audit.run(run, facts(started, over));
    audit.row(listed(RunStatus.COMPLETED));

    assertFound(Violation.ONE_END, "was told to have ended more than once");
  }

  @Test
  void findsWhatTheListDoesNotSayOrSaysWrong() {
    audit.event(row(order, FUNCTION, "bill"));
    audit.event(row(finished(OVER)));
    audit.run(run, facts(started, over));
    var unlisted = order.id().derive("bill");
    audit.run(unlisted, facts(new RunFact.Started("bill", order, BEGUN)));
    audit.row(listed(RunStatus.RUNNING));
    var unknown = Ulid.of(BEGUN, 7, 7);
    audit.row(listed(unknown, RunStatus.RUNNING));

    assertThat(audit.end().violations())
        .extracting(Violation::subject, Violation::sentence)
        .containsExactlyInAnyOrder(
            tuple(run.toString(), "is listed as RUNNING, and is COMPLETED"),
            tuple(unlisted.toString(), "is not on the list"),
            tuple(unknown.toString(), "is on the list, and has no facts"));
  }

  @Test
  void waitsForWhatHappenedAMomentAgo() {
    var late = event(Ulid.of(SETTLED, 1, 2), "order/placed");
    audit.event(row(late, FUNCTION));
    var lateRun = order.id().derive(FUNCTION);
    audit.event(row(order, FUNCTION));
    var justNow = new RunFact.Ended(new Outcome.Completed(Json.of("2")), SETTLED);
    audit.run(lateRun, facts(started, justNow));
    audit.row(listed(RunStatus.RUNNING));

    assertThat(audit.end().violations()).isEmpty();
  }

  @Test
  void passesOnWhatTheStoreFound() {
    audit.fault("waits|3", "a gap");

    assertThat(audit.end().violations())
        .containsExactly(new Violation("facts", "waits|3", "a gap"));
  }

  private void assertFound(String rule, String sentence) {
    assertThat(audit.end().violations())
        .containsExactly(new Violation(rule, run.toString(), sentence));
  }

  private Event finished(long millis) {
    var data = Json.of("{\"function_id\":\"ship\",\"run_id\":\"" + run + "\"}");
    return event(Ulid.of(millis, 3, 4), OwnEvents.FINISHED, data);
  }

  private static Event event(Ulid id, String name) {
    return event(id, name, Json.of("{}"));
  }

  private static Event event(Ulid id, String name, Json data) {
    return new Event(
        id,
        Optional.empty(),
        name,
        id.millis(),
        id.millis(),
        data,
        Optional.empty(),
        Optional.empty());
  }

  private static EventIndex.Row row(Event event, String... functions) {
    return new EventIndex.Row(event, List.of(functions), Optional.empty(), List.of());
  }

  private RunIndex.Row listed(RunStatus status) {
    return listed(run, status);
  }

  private RunIndex.Row listed(Ulid id, RunStatus status) {
    var end = status.ended() ? OptionalLong.of(OVER) : OptionalLong.empty();
    return new RunIndex.Row(id, FUNCTION, status, order.id(), order.name(), BEGUN, end);
  }

  private static List<byte[]> facts(RunFact... facts) {
    return Stream.of(facts).map(RunFactCodec.INSTANCE::encode).toList();
  }
}
