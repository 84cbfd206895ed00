package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortProbeTest {

  private final AtomicInteger deaths = new AtomicInteger();
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private PortProbe probe;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
    var target = new HostPort(server.getInetAddress().getHostAddress(), server.getLocalPort());
    probe = PortProbe.begin(target, deaths::incrementAndGet);
    await().until(() -> accepted.size() == 1);
  }

  @AfterEach
  void stop() throws IOException {
    probe.stop();
    server.close();
    for (var socket : accepted) {
      socket.close();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        accepted.add(server.accept());
      }
    } catch (IOException _) {
      // The test is over, or the process is said to be dead.
    }
  }

  @Test
  void aProcessThatEndsIsFoundOutOnceAndAtOnce() throws IOException {
    server.close();
    accepted.getFirst().close();

    await().atMost(Duration.ofSeconds(2)).until(() -> deaths.get() == 1);
    await().during(Duration.ofMillis(300)).until(() -> deaths.get() == 1);
  }

  @Test
  void aConnectionThatEndsWhileTheProcessGoesOnIsNoDeath() throws IOException {
    accepted.getFirst().close();

    await().atMost(Duration.ofSeconds(5)).until(() -> accepted.size() >= 3);
    assertThat(deaths).hasValue(0);
  }

  @Test
  void aPortThatTakesNoMoreConnectionsIsNoDeathWhileTheOldOneLasts() throws IOException {
    server.close();

    await().during(Duration.ofMillis(500)).until(() -> deaths.get() == 0);
  }

  @Test
  void nothingIsFoundOutAfterTheProbeWasStopped() throws IOException {
    probe.stop();
    server.close();
    accepted.getFirst().close();

    await().during(Duration.ofMillis(500)).until(() -> deaths.get() == 0);
  }
}
