package dev.stepwell.engine.wait;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/** The real {@link LogClosing} of a {@link World}, on the world's thread. */
final class WorldClosing {

  private final World world;
  private final Map<WorldPartition, TestInbox<LogClosing.Closed>> askers = new HashMap<>();
  private BehaviorTestKit<LogClosing.Message> actor;

  WorldClosing(World world) {
    this.world = world;
    this.actor = begin();
  }

  private BehaviorTestKit<LogClosing.Message> begin() {
    return BehaviorTestKit.create(LogClosing.create(World.LOGS, this::announce, world.time));
  }

  private void announce(long untilMillis, ActorRef<LogClosing.PartitionClosed> replyTo) {
    for (var log : world.logs) {
      world.send("closing>" + log.name(), () -> log.close(untilMillis, replyTo));
    }
  }

  void close(long untilMillis, WorldPartition asker) {
    var inbox = askers.computeIfAbsent(asker, _ -> TestInbox.create());
    actor.run(new LogClosing.Close(untilMillis, inbox.getRef()));
    world.hear();
  }

  void hear(ActorRef<LogClosing.PartitionClosed> to, LogClosing.PartitionClosed answer) {
    to.tell(answer);
    world.hear();
  }

  /** Lets it deal with what it was told, and sends on its way what it has answered. */
  void hear() {
    while (actor.selfInbox().hasMessages()) {
      actor.run(actor.selfInbox().receiveMessage());
    }
    askers.forEach((asker, inbox) -> {
      for (var closed : inbox.getAllReceived()) {
        world.post("closing>" + asker.name(), () -> asker.receive(new Waits.LogIsClosed(closed)));
      }
    });
  }

  /** Forgets who has asked, and what is closed. */
  void crash() {
    actor = begin();
  }
}
