package dev.stepwell.engine.wait;

import static dev.stepwell.engine.wait.Samples.ulid;
import static dev.stepwell.engine.wait.Samples.waitForSignal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which run gets a signal, and what its sender is told. */
class WaitsSignalTest {

  private final Node node = new Node();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aSignalGoesToTheRunThatHasWaitedLongest() {
    node.registerAndWait(waitForSignal(1, "a", "go"));
    node.register(waitForSignal(2, "a", "go"));
    assertThat(node.registered.receiveMessage().ahead()).contains(ulid(1));
    var signalled = node.kit.createTestProbe(Waits.Signalled.class);

    signal("go", signalled.getRef());
    var delivery = node.delivery();
    signalled.expectNoMessage(Duration.ofMillis(50));
    delivery.accept();

    assertThat(delivery.subscription().run()).isEqualTo(ulid(1));
    assertThat(delivery.event().data()).isEqualTo(Json.of("[1]"));
    assertThat(signalled.receiveMessage()).isEqualTo(new Waits.Delivered(ulid(1)));

    signal("go", signalled.getRef());
    var next = node.delivery();
    assertThat(next.subscription().run()).isEqualTo(ulid(2));
    next.decline();
    assertThat(signalled.receiveMessage()).isEqualTo(new Waits.Nobody());
  }

  @Test
  void aSignalNobodyWaitsForSaysSo() {
    var signalled = node.kit.createTestProbe(Waits.Signalled.class);

    signal("go", signalled.getRef());

    assertThat(signalled.receiveMessage()).isEqualTo(new Waits.Nobody());
  }

  @Test
  void aSignalThatCameTooLateForOneRunGoesToTheNextAndNeverToTheFirstAgain() {
    node.registerAndWait(waitForSignal(1, "a", "go"));
    node.registerAndWait(waitForSignal(2, "a", "go"));
    var signalled = node.kit.createTestProbe(Waits.Signalled.class);

    signal("go", signalled.getRef());
    node.delivery().tooLate();
    node.delivery().tooLate();
    assertThat(signalled.receiveMessage()).isEqualTo(new Waits.Nobody());

    signal("go", signalled.getRef());
    assertThat(signalled.receiveMessage()).isEqualTo(new Waits.Nobody());
    assertThat(node.deliveries).isEmpty();
  }

  private void signal(String name, ActorRef<Waits.Signalled> replyTo) {
    node.tell(WaitKey.ofSignal(name), new Waits.Signal(name, Json.of("[1]"), replyTo));
  }
}
