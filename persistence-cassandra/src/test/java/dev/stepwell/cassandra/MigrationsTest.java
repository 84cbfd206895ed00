package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import dev.stepwell.cassandra.Schema.Step;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class MigrationsTest {

  private static final Step FIRST =
      new Step(1, "first", List.of("CREATE TABLE IF NOT EXISTS ${keyspace}.a (k int PRIMARY KEY)"));
  private static final Step SECOND =
      new Step(
          2,
          "second",
          List.of(
              "ALTER TABLE ${keyspace}.a ADD IF NOT EXISTS v int",
              "CREATE TABLE IF NOT EXISTS ${keyspace}.b (k int PRIMARY KEY)"));

  @Test
  void aKeyspaceGetsTheStepsThatItLacks() {
    var config = Keyspace.fresh();
    try (var session = new Connections(config).open(Optional.empty())) {
      new Migrations(session, config, List.of(FIRST)).run();
      new Migrations(session, config, List.of(FIRST, SECOND)).run();
      new Migrations(session, config, List.of(FIRST, SECOND)).run();

      session.execute("INSERT INTO %s.a (k, v) VALUES (1, 2)".formatted(config.keyspace()));
      session.execute("INSERT INTO %s.b (k) VALUES (1)".formatted(config.keyspace()));
      assertThat(applied(session, config)).containsExactly("first", "second");
    }
  }

  @Test
  void manyNodesThatStartTogetherMakeOneSchema() {
    var config = Keyspace.fresh();
    try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts =
          IntStream.range(0, 5)
              .mapToObj(_ ->
                  CompletableFuture.runAsync(
                      () -> {
                        try (var session = new Connections(config).open(Optional.empty())) {
                          new Migrations(session, config, List.of(FIRST, SECOND)).run();
                          session.execute(
                              "INSERT INTO %s.b (k) VALUES (1)".formatted(config.keyspace()));
                        }
                      },
                      nodes))
              .toList();
      starts.forEach(CompletableFuture::join);
    }
    try (var session = new Connections(config).open(Optional.empty())) {
      assertThat(applied(session, config)).containsExactly("first", "second");
    }
  }

  @Test
  void aNodeThatDoesNotKnowAStepRefusesToStart() {
    var config = Keyspace.fresh();
    try (var session = new Connections(config).open(Optional.empty())) {
      new Migrations(session, config, List.of(FIRST, SECOND)).run();
      var older = new Migrations(session, config, List.of(FIRST));

      assertThatThrownBy(older::run)
          .isInstanceOf(CassandraStartException.class)
          .hasMessageContaining("has step 2 (second)")
          .hasMessageContaining("knows steps up to 1");
    }
  }

  @Test
  void aNodeWaitsForTheHolderOfTheLockAndNoLongerThanItIsTold() {
    var config = Keyspace.fresh(Map.of("start-timeout", "2s"));
    try (var session = new Connections(config).open(Optional.empty())) {
      new Migrations(session, config, List.of()).run();
      session.execute(
          "UPDATE %s.schema_steps USING TTL 600 SET lock = 'other' WHERE scope = 'stepwell' IF lock = null"
              .formatted(config.keyspace()));

      assertThatThrownBy(new Migrations(session, config, List.of(FIRST))::run)
          .isInstanceOf(CassandraStartException.class)
          .hasMessageContaining("another node prepares the keyspace");
      assertThat(applied(session, config)).isEmpty();
    }
  }

  @Test
  void aKeyspaceIsNotMadeIfThatIsOff() {
    var config = Keyspace.fresh(Map.of("create-keyspace", "off"));
    try (var session = new Connections(config).open(Optional.empty())) {
      assertThatThrownBy(new Migrations(session, config, List.of(FIRST))::run)
          .isInstanceOf(CassandraStartException.class)
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void whatIsNotAnsweredIsSentAgain() {
    var config = Keyspace.fresh();
    try (var session = new Connections(config).open(Optional.empty())) {
      var lost = new AtomicInteger();
      new Migrations(losingEverySecondAnswer(session, lost), config, List.of(FIRST, SECOND)).run();

      assertThat(lost).hasValueGreaterThan(5);
      assertThat(applied(session, config)).containsExactly("first", "second");
      session.execute("INSERT INTO %s.a (k, v) VALUES (1, 2)".formatted(config.keyspace()));
    }
  }

  @Test
  void aCassandraThatNeverAnswersIsNamedAsTheCause() {
    var config = Keyspace.fresh(Map.of("start-timeout", "1s"));
    try (var session = new Connections(config).open(Optional.empty())) {
      var mute = answering(session, () -> true);

      assertThatThrownBy(new Migrations(mute, config, List.of(FIRST))::run)
          .isInstanceOf(CassandraStartException.class)
          .hasMessageContaining("did not answer");
    }
  }

  private static CqlSession losingEverySecondAnswer(CqlSession session, AtomicInteger lost) {
    var sent = new AtomicInteger();
    return answering(
        session,
        () -> {
          var isLost = sent.incrementAndGet() % 2 == 1;
          if (isLost) {
            lost.incrementAndGet();
          }
          return isLost;
        });
  }

  /** A session that does what it is told, but whose answers to statements may be lost. */
  private static CqlSession answering(CqlSession session, BooleanSupplier isLost) {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(),
            new Class<?>[] {CqlSession.class},
            (_, method, arguments) -> {
              var answer = method.invoke(session, arguments);
              if (method.getName().equals("execute") && isLost.getAsBoolean()) {
                throw new DriverTimeoutException("lost");
              }
              return answer;
            });
  }

  private static List<String> applied(CqlSession session, CassandraConfig config) {
    var names = new ArrayList<String>();
    session
        .execute("SELECT number, name FROM %s.schema_steps".formatted(config.keyspace()))
        .forEach(row -> {
          if (!row.isNull("number")) {
            names.add(row.getString("name"));
          }
        });
    return names;
  }
}
