package dev.stepwell.engine;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.journal.StoreSetup;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system whose actors persist in memory, where a test can reach in. */
public final class TestNode implements AutoCloseable {

  private final Store memory;
  private final FaultyJournal journal;
  private final ActorTestKit kit;

  public TestNode() {
    this(new MemoryStore());
  }

  /** A node that finds what another one has left. */
  public TestNode(Store memory) {
    this.memory = memory;
    this.journal = new FaultyJournal(memory.journal());
    var config =
        ConfigFactory.parseString(
                """
                pekko.actor.provider = local
                pekko.loglevel = OFF
                pekko.actor.testkit.typed.single-expect-default = 10s
                """)
            .withFallback(EngineStart.configuration());
    this.kit =
        ActorTestKit.create(
            ActorSystem.create(
                Behaviors.empty(),
                "test",
                ActorSystemSetup.create(
                    BootstrapSetup.create(config), new StoreSetup(new Reached()))));
  }

  public ActorTestKit kit() {
    return kit;
  }

  public FaultyJournal journal() {
    return journal;
  }

  public Store memory() {
    return memory;
  }

  /** Stops all actors as a crash would: without asking them. The memory stays. */
  @Override
  public void close() {
    kit.system().terminate();
    try {
      kit.system()
          .getWhenTerminated()
          .toCompletableFuture()
          .get(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the actor system does not stop", e);
    }
  }

  private final class Reached implements Store {
    @Override
    public Journal journal() {
      return journal;
    }

    @Override
    public TimerStore timers() {
      return memory.timers();
    }

    @Override
    public RunIndex runs() {
      return memory.runs();
    }

    @Override
    public EventIndex events() {
      return memory.events();
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
