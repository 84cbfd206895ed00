package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.cassandra.journal.CassandraJournal;
import dev.stepwell.cassandra.journal.JournalConfig;
import dev.stepwell.cassandra.owner.Clocks;
import dev.stepwell.cassandra.owner.LeaseConfig;
import dev.stepwell.cassandra.owner.ShardOwners;
import dev.stepwell.engine.port.Journal.Entry;
import dev.stepwell.engine.port.Shard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** A process of a cluster, as far as the journal makes one, that can be paused. */
final class Member implements AutoCloseable {

  static final LeaseConfig LEASE =
      new LeaseConfig(
          Duration.ofMillis(1_500),
          Duration.ofMillis(250),
          Duration.ofMillis(150),
          Duration.ofMillis(100));

  static final Shard SHARD = new Shard("test", 0);

  /** All ids are of one shard. */
  static final Function<String, Shard> PLACEMENT = _ -> SHARD;

  final FaultyCql cql;
  final ShardOwners owners;
  final CassandraJournal journal;
  final AtomicInteger losses = new AtomicInteger();
  private final PausingClock clock = new PausingClock();

  private Member(CassandraSession session) {
    cql = new FaultyCql(session);
    cql.meaning(Member::writesFacts);
    owners =
        ShardOwners.open(
            cql,
            DefaultConsistencyLevel.LOCAL_SERIAL,
            LEASE,
            new Clocks(clock::nanos, InstantSource.system()));
    journal = new CassandraJournal(cql, owners, PLACEMENT, new JournalConfig(4 << 10, 8, 32 << 20));
  }

  static Member start(CassandraSession session) {
    return new Member(session);
  }

  private static boolean writesFacts(Statement<?> statement) {
    return switch (statement) {
      case BatchStatement batch ->
          batch.iterator().hasNext() && writesFacts(batch.iterator().next());
      case BoundStatement bound -> {
        var query = bound.getPreparedStatement().getQuery();
        yield query.startsWith("INSERT INTO run_facts") || query.startsWith("INSERT INTO facts");
      }
      default -> false;
    };
  }

  /** Takes the shard, as soon as that is possible. */
  Member take() {
    assertTaken(taking());
    return this;
  }

  CompletableFuture<Boolean> taking() {
    return owners.take(SHARD, losses::incrementAndGet).toCompletableFuture();
  }

  private static void assertTaken(CompletableFuture<Boolean> taking) {
    if (!taking.orTimeout(30, TimeUnit.SECONDS).join()) {
      throw new AssertionError("the shard was not taken");
    }
  }

  void giveBack() {
    owners.giveBack(SHARD).toCompletableFuture().join();
  }

  CompletableFuture<Void> append(String id, long first, String... facts) {
    return journal
        .append(
            id, first, Stream.of(facts).map(fact -> fact.getBytes(StandardCharsets.UTF_8)).toList())
        .toCompletableFuture();
  }

  /** The facts of an id, each with its number. */
  List<String> replay(String id) {
    var entries = new ArrayList<String>();
    journal
        .replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE, entry -> entries.add(text(entry)))
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
    return entries;
  }

  private static String text(Entry entry) {
    return entry.sequenceNr() + " " + new String(entry.fact(), StandardCharsets.UTF_8);
  }

  /** Why something failed. */
  static Throwable failure(CompletableFuture<?> stage) {
    stage.handle((_, _) -> true).orTimeout(30, TimeUnit.SECONDS).join();
    return stage.exceptionNow();
  }

  long epoch() {
    return owners.claim(SHARD).epoch();
  }

  /** Stops as a process does that gets SIGSTOP. */
  void pause() {
    clock.pause();
    cql.pause();
  }

  /** Goes on as if no time had gone by, but for the clock. */
  void resume() {
    clock.resume();
    cql.resume();
  }

  /** Ends without telling anybody. */
  void crash() {
    pause();
  }

  @Override
  public void close() {
    resume();
    journal.close();
    owners.close();
  }

  /**
   * While it is paused nobody looks at it, so it may say anything; then it shows what has passed.
   */
  private static final class PausingClock {
    private volatile long pausedAt;
    private volatile boolean paused;

    long nanos() {
      return paused ? pausedAt : System.nanoTime();
    }

    void pause() {
      pausedAt = System.nanoTime();
      paused = true;
    }

    void resume() {
      paused = false;
    }
  }
}
