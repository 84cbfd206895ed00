package dev.stepwell.cassandra;

import com.typesafe.config.Config;
import dev.stepwell.cassandra.index.CassandraIndexes;
import dev.stepwell.cassandra.journal.AllFacts;
import dev.stepwell.engine.audit.Audit;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a whole keyspace and looks whether all in it is as it must be. Changes nothing, and may be
 * done while nodes work.
 */
public final class CassandraAudit {

  /**
   * What was found.
   *
   * @param store what the journal has
   * @param audit and whether it tells what must be told
   */
  public record Result(AllFacts.Figures store, Audit.Report audit) {}

  private CassandraAudit() {}

  /**
   * Looks at everything.
   *
   * @param root with {@code stepwell.cassandra}
   * @param settled what happened no later than this long ago must have had all its consequences
   * @throws CassandraStartException if Cassandra does not answer in time, or there is no keyspace
   *     of this version
   */
  public static Result of(Config root, InstantSource clock, Duration settled) {
    var config = CassandraConfig.of(root);
    checkSchema(config);
    var now = clock.millis();
    var audit = new Audit(now - settled.toMillis());
    try (var session = CassandraSession.connect(config);
        var indexes =
            new CassandraIndexes(
                session,
                new CassandraIndexes.Limits(
                    Math.toIntExact(config.waitingBytesMax()),
                    config.waitingReadsMax(),
                    config.requestTimeout()),
                clock)) {
      forEach(
          after -> indexes.events().receivedBefore(Long.MAX_VALUE, after, Page.LIMIT_MAX),
          audit::event);
      var figures =
          AllFacts.read(
              session,
              new AllFacts.Reader() {
                @Override
                public void run(Ulid runId, List<byte[]> facts) {
                  audit.run(runId, facts);
                }

                @Override
                public void fault(String persistenceId, String sentence) {
                  audit.fault(persistenceId, sentence);
                }
              });
      forEach(after -> indexes.runs().list(allRuns(after)), audit::row);
      return new Result(figures, audit.end());
    }
  }

  private static void checkSchema(CassandraConfig config) {
    try (var session = new Connections(config).open(Optional.empty())) {
      if (session.getMetadata().getKeyspace(config.keyspace()).isEmpty()) {
        throw new CassandraStartException("there is no keyspace " + config.keyspace());
      }
      var missing = new Migrations(session, config, Schema.steps()).missing();
      if (!missing.isEmpty()) {
        throw new CassandraStartException(
            "the keyspace %s is %d steps behind; start a node of this version first"
                .formatted(config.keyspace(), missing.size()));
      }
    }
  }

  private static RunIndex.Query allRuns(Optional<String> after) {
    return new RunIndex.Query(
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        after,
        Page.LIMIT_MAX);
  }

  private static <T> void forEach(
      Function<Optional<String>, CompletionStage<Page<T>>> pages, Consumer<T> into) {
    var after = Optional.<String>empty();
    do {
      var page = pages.apply(after).toCompletableFuture().join();
      page.items().forEach(into);
      after = page.next();
    } while (after.isPresent());
  }
}
