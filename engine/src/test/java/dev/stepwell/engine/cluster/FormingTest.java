package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that find each other by their configuration. */
@Tag("long")
class FormingTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final MemoryStore store = new MemoryStore();
  private final Book book = new Book();
  private final List<TestMember> members = new ArrayList<>();
  private List<Integer> ports = List.of();

  @TempDir private Path directory;

  @BeforeEach
  void choosePorts() {
    ports = IntStream.range(0, 3).map(_ -> freePort()).boxed().toList();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() {
    members.forEach(TestMember::die);
  }

  @Test
  void nodesThatStartAtOnceFormOneCluster() {
    ports.forEach(port -> begin(port, ""));

    awaitAllUp(3);
  }

  @Test
  void aNodeThatIsStartedAgainAtItsAddressJoinsTheOthers() {
    ports.forEach(port -> begin(port, ""));
    awaitAllUp(3);
    var lowest = ports.stream().sorted().findFirst().orElseThrow();
    var dead = members.remove(ports.indexOf(lowest));
    dead.die();

    begin(lowest, "");

    awaitAllUp(3);
    assertThat(members).allSatisfy(member -> assertThat(member.address().getPort()).isPresent());
  }

  @Test
  void aNodeOfAnotherKindIsRefusedAndEnds() {
    begin(ports.get(0), "");
    begin(ports.get(1), "");
    awaitAllUp(2);

    var other = begin(ports.get(2), "stepwell.cluster.schema { version = 7, oldest = 7 }");

    await().atMost(PATIENCE).until(() -> other.running().ending().isPresent());
    assertThat(other.running().ending())
        .contains(CoordinatedShutdown.incompatibleConfigurationDetectedReason());
    members.remove(other);
    awaitAllUp(2);
  }

  @Test
  void onlyNodesWithACertificateOfTheAuthorityJoin() {
    var ours = Certificates.of(directory.resolve("ours"), "stepwell");
    var theirs = Certificates.of(directory.resolve("theirs"), "stepwell");
    begin(ports.get(0), ours.settings());
    begin(ports.get(1), ours.settings());
    awaitAllUp(2);

    var plain = begin(ports.get(2), "");
    var foreign = begin(freePort(), theirs.settings());

    await()
        .during(Duration.ofSeconds(8))
        .atMost(PATIENCE)
        .until(() -> plain.up() == 0 && foreign.up() == 0);
    assertThat(members.get(0).up()).isEqualTo(2);
  }

  private TestMember begin(int port, String text) {
    var contacts = String.join(",", ports.stream().map(each -> "127.0.0.1:" + each).toList());
    var config = config(port, contacts, text);
    var settings = ClusterSettings.of(config);
    var listed = ((ClusterSettings.Discovery.Listed) settings.discovery()).points();
    var joining = new Forming(ContactPoints.of(listed), settings.required());
    var member = TestMember.begin(store, book, settings.over(config), joining);
    members.add(member);
    return member;
  }

  private static Config config(int port, String contacts, String text) {
    return ConfigFactory.parseString(text)
        .withFallback(
            ConfigFactory.parseString(
                """
                stepwell.cluster { port = %d, contact-points.list = "%s" }
                """
                    .formatted(port, contacts)))
        .withFallback(EngineStart.configuration())
        .resolve();
  }

  private void awaitAllUp(int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(members.stream().map(TestMember::up))
                .hasSize(count)
                .containsOnly((long) count));
  }
}
