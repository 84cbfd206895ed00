package dev.stepwell.engine;

import dev.stepwell.engine.execution.Busy;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.LocalShards;
import java.util.function.DoubleSupplier;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** A node without a cluster around it, whose clock and chance are somebody else's: for tests. */
public final class LocalEngine {
  private LocalEngine() {}

  /**
   * What is in the hands of whoever hosts the node.
   *
   * @param busy counts the threads of functions' code
   * @param code what is performed as the code of steps
   * @param chance numbers from 0 to 1, asked on any thread
   */
  public record Controls(Time time, Busy busy, StepCode code, DoubleSupplier chance) {}

  /** Hosts a node's actors below {@code context}'s actor, on whose thread this is called. */
  public static Engine host(ActorContext<?> context, EngineStart start, Controls controls) {
    var hosted = new HostedEngine(context, start, new LocalShards(context), controls);
    hosted.meet();
    // Nobody tells anybody anything before the functions are known: there is no other node.
    hosted.open();
    return hosted.engine();
  }
}
