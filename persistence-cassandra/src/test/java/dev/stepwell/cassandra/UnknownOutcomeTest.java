package dev.stepwell.cassandra;

import static dev.stepwell.cassandra.FaultyCql.Fate.ANSWER_LOST;
import static dev.stepwell.cassandra.FaultyCql.Fate.LATE;
import static dev.stepwell.cassandra.FaultyCql.Fate.REQUEST_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.cassandra.FaultyCql.Fate;
import dev.stepwell.cassandra.journal.NotAcknowledgedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of which nobody knows whether they have happened. */
@Tag("long")
class UnknownOutcomeTest {

  /** A run, whose facts are with those of other runs, and what has partitions of its own. */
  private static final String RUN = "run|01KDWK0000R0000000000000R1";

  private static final String KEPT = "event-log|1";

  private static CassandraSession session;

  private Member member;

  @BeforeAll
  static void openSession() {
    session = CassandraSession.open(Keyspace.fresh());
  }

  @AfterAll
  static void closeSession() {
    session.close();
  }

  @BeforeEach
  void start() {
    member = Member.start(session).take();
  }

  @AfterEach
  void stop() {
    member.journal.purge(List.of(RUN, KEPT)).toCompletableFuture().join();
    member.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, KEPT})
  void aWriteWithoutAnAnswerThatWasStoredIsReadInAHigherEpoch(String id) {
    var epoch = member.epoch();
    assertNotAcknowledged(append(ANSWER_LOST, id, 1, "a"));

    assertThat(member.replay(id)).containsExactly("1 a");
    assertThat(member.epoch()).isEqualTo(epoch + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, KEPT})
  void aWriteThatWasNotStoredIsNotReadAndItsNumberIsFree(String id) {
    assertNotAcknowledged(append(REQUEST_LOST, id, 1, "a"));

    assertThat(member.replay(id)).isEmpty();
    member.append(id, 1, "b").join();
    assertThat(member.replay(id)).containsExactly("1 b");
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, KEPT})
  void afterAWriteInDoubtAnIdMustBeReadBeforeItIsWrittenAgain(String id) {
    assertNotAcknowledged(append(ANSWER_LOST, id, 1, "a"));

    assertThat(Member.failure(member.append(id, 1, "in the place of a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must be read first");
    assertThat(member.replay(id)).containsExactly("1 a");
    member.append(id, 2, "b").join();
    assertThat(member.replay(id)).containsExactly("1 a", "2 b");
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, KEPT})
  void aWriteThatIsStoredLateChangesNothingThatWasAcknowledgedSince(String id) {
    member.append(id, 1, "a").join();
    assertNotAcknowledged(append(LATE, id, 2, "late", "and later"));
    assertThat(member.replay(id)).containsExactly("1 a");
    member.append(id, 2, "b").join();
    member.append(id, 3, "c").join();

    member.cql.arrive().toCompletableFuture().join();

    assertThat(member.replay(id)).containsExactly("1 a", "2 b", "3 c");
    assertThat(member.journal.figures().ignoredRows()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, KEPT})
  void aWriteThatWasNotThereWhenTheIdWasReadNeverComesUp(String id) {
    assertNotAcknowledged(append(LATE, id, 1, "late"));
    assertThat(member.replay(id)).isEmpty();

    member.cql.arrive().toCompletableFuture().join();

    assertThat(member.replay(id)).isEmpty();
    member.append(id, 1, "b").join();
    assertThat(member.replay(id)).containsExactly("1 b");
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, KEPT})
  void aLateWriteThatWasReadStaysThoughAYoungerOneArrivesLater(String id) {
    assertNotAcknowledged(append(LATE, id, 1, "first"));
    member.giveBack();
    try (var second = Member.start(session).take()) {
      assertThat(second.replay(id)).isEmpty();
      second.cql.next(LATE);
      assertNotAcknowledged(second.append(id, 1, "second", "and more"));
      second.giveBack();
      member.cql.arrive().toCompletableFuture().join();
      member.take();
      assertThat(member.replay(id)).containsExactly("1 first");

      second.cql.arrive().toCompletableFuture().join();

      assertThat(member.replay(id)).containsExactly("1 first");
      member.append(id, 2, "third").join();
      assertThat(member.replay(id)).containsExactly("1 first", "2 third");
    }
  }

  @Test
  void aDeletionThatArrivesLateDeletesNothingThatWasWrittenSince() {
    var slots = "slots|f";
    member.append(slots, 1, "open").join();
    member.cql.meaning(statement -> true);
    // What is purged is read first: its trims, then its rows.
    member.cql.next(Fate.WORKS, Fate.WORKS, LATE);
    var purge = member.journal.purge(List.of(slots)).toCompletableFuture();
    assertThat(Member.failure(purge)).hasMessageContaining("no answer");
    member.giveBack();
    member.take();
    assertThat(member.replay(slots)).containsExactly("1 open");
    member.journal.purge(List.of(slots)).toCompletableFuture().join();
    member.append(slots, 1, "open again").join();

    member.cql.arrive().toCompletableFuture().join();

    assertThat(member.replay(slots)).containsExactly("1 open again");
  }

  @Test
  void aWriteInPartsThatWasNotFinishedIsNotRead() {
    member.append(KEPT, 1, "a").join();
    var large = "x".repeat(700_000);
    member.cql.next(Fate.WORKS, REQUEST_LOST);
    assertNotAcknowledged(member.append(KEPT, 2, large));
    assertThat(member.replay(KEPT)).containsExactly("1 a");

    member.append(KEPT, 2, large, "small").join();
    assertThat(member.replay(KEPT)).containsExactly("1 a", "2 " + large, "3 small");
  }

  @Test
  void oneWriteWithoutAnAnswerFailsOnlyThoseThatWentWithIt() {
    for (var i = 0; i < 8; i++) {
      member.cql.next(Fate.WORKS);
    }
    member.cql.next(LATE);
    var appends =
        IntStream.range(0, 200).mapToObj(i -> member.append("waits|" + i, 1, "fact " + i)).toList();

    var failed = appends.stream().filter(append -> isFailed(append)).count();
    assertThat(failed).isPositive().isLessThan(200);
    assertThat(member.journal.figures().statements()).isLessThan(50);
    assertThat(member.journal.figures().unacknowledged()).isEqualTo(failed);
    member.cql.arrive().toCompletableFuture().join();
    for (var i = 0; i < 200; i++) {
      assertThat(member.replay("waits|" + i)).containsExactly("1 fact " + i);
    }
  }

  private static boolean isFailed(CompletableFuture<Void> append) {
    return append.handle((_, failure) -> failure != null).join();
  }

  private CompletableFuture<Void> append(Fate fate, String id, long first, String... facts) {
    member.cql.next(fate);
    return member.append(id, first, facts);
  }

  private static void assertNotAcknowledged(CompletableFuture<Void> append) {
    assertThat(Member.failure(append)).isInstanceOf(NotAcknowledgedException.class);
  }
}
