package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("long")
class CassandraSessionTest {

  @Test
  void preparesItsKeyspaceAndTakesStatements() {
    try (var session = CassandraSession.open(Keyspace.fresh())) {
      var insert =
          session.prepareIdempotent(
              "INSERT INTO timers (part, slice, due, key) VALUES (1, 2, 3, 'k')");
      var select = session.prepareIdempotent("SELECT key FROM timers WHERE part = 1 AND slice = 2");
      session.execute(insert.bind()).toCompletableFuture().join();
      var row = session.execute(select.bind()).toCompletableFuture().join().one();

      assertThat(row).isNotNull();
      assertThat(session.statements()).isEqualTo(2);
    }
  }

  @Test
  void saysWhereItLookedForCassandra() {
    var nobody = Keyspace.fresh(Map.of("contact-points", "127.0.0.1:1", "start-timeout", "1s"));

    assertThatThrownBy(() -> CassandraSession.open(nobody))
        .isInstanceOf(CassandraStartException.class)
        .hasMessageContaining("no Cassandra node answered at [127.0.0.1:1] within 1 s");
  }

  @Test
  void saysWhichDataCentresThereAre() {
    var elsewhere = Keyspace.fresh(Map.of("local-datacenter", "mars"));

    assertThatThrownBy(() -> CassandraSession.open(elsewhere))
        .isInstanceOf(CassandraStartException.class)
        .hasMessageContaining("no node in the data centre 'mars' but in [datacenter1]");
  }

  @ParameterizedTest
  @CsvSource({
    "keyspace, Two Words, keyspace must be",
    "consistency, MOST, consistency must be one of",
    "serial-consistency, QUORUM, serial-consistency must be one of",
    "request-timeout, 0s, request-timeout must be longer",
    "in-flight-max, 0, in-flight-max must be 1",
    "contact-points, '', contact-points must name",
  })
  void aValueOutOfItsBoundsIsNamed(String key, String value, String message) {
    assertThatThrownBy(() -> Keyspace.fresh(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stepwell.cassandra." + message);
  }

  @Test
  void contactPointsAreAListOrATextAndHaveAPort() {
    var config =
        CassandraConfig.of(
            ConfigFactory.parseString(
                    "stepwell.cassandra.contact-points = \"a, b:1 ,[::1],[::1]:2\"")
                .withFallback(ConfigFactory.defaultReference()));

    assertThat(config.contactPoints()).isEqualTo(List.of("a:9042", "b:1", "[::1]:9042", "[::1]:2"));
    assertThat(config.replication()).isEqualTo(Map.of("datacenter1", 3));
    assertThat(config.credentials()).isEmpty();
  }
}
