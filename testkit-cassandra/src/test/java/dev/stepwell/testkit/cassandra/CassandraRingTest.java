package dev.stepwell.testkit.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class CassandraRingTest {

  @Test
  void aKilledNodeTakesClientsAgainOnceItIsRestarted() throws IOException {
    Path directory;
    try (var ring = CassandraRing.start(1, CassandraOptions.DEFAULT.with(CommitLog.BATCH))) {
      var node = ring.node(0);
      directory = node.directory();
      assertThat(takesClients(node)).isTrue();

      node.kill();
      assertThat(node.isAlive()).isFalse();
      assertThat(takesClients(node)).isFalse();

      node.restart();
      assertThat(takesClients(node)).isTrue();
      assertThat(Files.readString(node.log())).contains("Log replay complete");
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void threeNodesKnowEachOther() throws IOException {
    try (var ring = CassandraRing.start(3, CassandraOptions.DEFAULT.withHeapMib(256))) {
      assertThat(ring.nodes()).allMatch(CassandraRingTest::takesClients);
      assertThat(Files.readString(ring.node(2).log()))
          .containsPattern("127.0.0.1:\\d+ is now UP")
          .containsPattern("127.0.0.2:\\d+ is now UP");
    }
  }

  @Test
  void aNodeThatDoesNotComeUpShowsTheEndOfItsLog() {
    var wrong = CassandraOptions.DEFAULT.with("no_such_setting", "1");

    assertThatThrownBy(() -> CassandraRing.start(1, wrong))
        .isInstanceOf(CassandraNotStartedException.class)
        .hasMessageContaining("died before it could take CQL clients")
        .hasMessageContaining("no_such_setting");
  }

  private static boolean takesClients(CassandraNode node) {
    var contact = node.contactPoint();
    try (var socket = new Socket(contact.getAddress(), contact.getPort())) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
