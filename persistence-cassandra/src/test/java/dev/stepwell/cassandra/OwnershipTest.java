package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.cassandra.journal.NotAcknowledgedException;
import dev.stepwell.cassandra.owner.NotOwnerException;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several processes on one keyspace. */
@Tag("long")
class OwnershipTest {

  private static CassandraSession session;

  private final List<Member> members = new ArrayList<>();

  @BeforeAll
  static void openSession() {
    session = CassandraSession.open(Keyspace.fresh());
  }

  @AfterAll
  static void closeSession() {
    session.close();
  }

  @AfterEach
  void stop() {
    members.forEach(Member::close);
  }

  private Member member() {
    var member = Member.start(session);
    members.add(member);
    return member;
  }

  @Test
  void aShardHasOneOwnerAndTheNextOneWaitsUntilItIsGivenBack() {
    var first = member().take();
    var second = member();
    var taking = second.taking();
    var epoch = first.epoch();

    await().during(Member.LEASE.lifetime().multipliedBy(2)).until(() -> !taking.isDone());
    assertThat(first.owners.owns(Member.SHARD)).isTrue();
    first.giveBack();

    await().atMost(Duration.ofSeconds(1)).until(taking::isDone);
    assertThat(taking.join()).isTrue();
    assertThat(second.epoch()).isGreaterThan(epoch);
    assertThat(first.owners.owns(Member.SHARD)).isFalse();
    assertThat(first.losses).hasValue(0);
  }

  @Test
  void whoDoesNotOwnAShardCanNeitherWriteNorReadForIt() {
    member().take();
    var other = member();

    assertThat(Member.failure(other.append("a|1", 1, "x"))).isInstanceOf(NotOwnerException.class);
    assertThat(Member.failure(other.journal.replay("a|1", 1, 9, 9, _ -> {}).toCompletableFuture()))
        .isInstanceOf(NotOwnerException.class);
  }

  @Test
  void whoStopsWaitingIsNotGivenTheShard() {
    var first = member().take();
    var second = member();
    var taking = second.taking();
    second.giveBack();
    assertThat(taking.join()).isFalse();

    first.giveBack();

    assertThat(member().take().owners.owns(Member.SHARD)).isTrue();
    assertThat(second.owners.owns(Member.SHARD)).isFalse();
  }

  @Test
  void aRunWithAnIdFromTheFutureIsNotTakenForNewByTheNextOwner() {
    var inAnHour = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
    var begun = "run|" + Ulid.of(inAnHour, 0, 1);
    var younger = "run|" + Ulid.of(inAnHour + Duration.ofHours(1).toMillis(), 0, 2);
    var first = member().take();
    assertThat(first.journal.isNew(begun)).isTrue();
    first.append(begun, 1, "started").join();
    assertThat(first.journal.isNew(begun)).isFalse();
    first.giveBack();

    var second = member().take();

    assertThat(second.journal.isNew(begun)).isFalse();
    assertThat(second.replay(begun)).containsExactly("1 started");
    assertThat(second.journal.isNew(younger)).isTrue();
  }

  @Test
  void aProcessThatEndsWellLeavesNothingToWaitFor() {
    var first = member().take();
    var second = member();
    var taking = second.taking();

    first.close();

    await().atMost(Duration.ofSeconds(1)).until(taking::isDone);
  }

  @Test
  void aPausedOwnerThatWakesUpLateAcknowledgesNothingAndLearnsThatItLostAll() {
    var first = member().take();
    first.append("run|one", 1, "started").join();
    var second = member();
    first.pause();
    // Goes out when the process wakes up; and one is stored, and the answer waits for the process.
    var inTheProcess = first.append("run|one", 2, "of a zombie");

    second.take();
    assertThat(second.replay("run|one")).containsExactly("1 started");
    second.append("run|one", 2, "of the owner").join();
    first.resume();

    assertThat(Member.failure(inTheProcess)).isInstanceOf(NotAcknowledgedException.class);
    assertThat(Member.failure(first.append("run|one", 3, "x")))
        .isInstanceOf(NotOwnerException.class);
    await().until(() -> first.owners.ended().toCompletableFuture().isDone());
    assertThat(first.losses).hasValue(1);
    assertThat(first.owners.ended().toCompletableFuture().join()).contains("silent for too long");
    assertThat(Member.failure(first.taking())).isInstanceOf(NotOwnerException.class);
    assertThat(second.replay("run|one")).containsExactly("1 started", "2 of the owner");
    assertThat(second.journal.figures().ignoredRows()).isEqualTo(1);
  }

  @Test
  void aPauseThatIsShorterThanALeaseCostsNothing() {
    var first = member().take();
    var second = member();
    var taking = second.taking();
    first.pause();
    var append = first.append("run|two", 1, "started");
    await().pollDelay(Member.LEASE.lifetime().dividedBy(3)).until(() -> true);
    first.resume();

    append.join();
    assertThat(taking).isNotDone();
  }

  @Test
  void aDeadOwnerIsWaitedForNoLongerThanItsLease() {
    member().take().crash();
    var began = System.nanoTime();

    member().take();

    var longest = Member.LEASE.lifetime().plus(Member.LEASE.watchInterval()).plusMillis(1_000);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(longest);
  }

  @Test
  void anOwnerThatIsKnownToBeDeadIsNotWaitedFor() {
    var first = member().take();
    first.owners.announce("node-1#17").toCompletableFuture().join();
    var second = member();
    var taking = second.taking();
    first.crash();

    second.owners.breakLease("node-2#17").toCompletableFuture().join();
    assertThat(second.owners.owns(Member.SHARD)).isFalse();
    second.owners.breakLease("node-1#17").toCompletableFuture().join();

    await().atMost(Member.LEASE.lifetime().dividedBy(3)).until(taking::isDone);
    assertThat(second.owners.owns(Member.SHARD)).isTrue();
  }

  @Test
  void aProcessWhoseLeaseWasBrokenLosesEverythingAtItsNextRenewal() {
    var first = member().take();
    first.owners.announce("node-3#1").toCompletableFuture().join();
    member().owners.breakLease("node-3#1").toCompletableFuture().join();

    await()
        .atMost(Member.LEASE.renewInterval().plusMillis(500))
        .until(() -> first.owners.ended().toCompletableFuture().isDone());
    assertThat(first.owners.owns(Member.SHARD)).isFalse();
    assertThat(first.losses).hasValue(1);
  }
}
