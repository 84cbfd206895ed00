package dev.stepwell.engine;

import dev.stepwell.engine.execution.Busy;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.shard.Shards;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** A node without a cluster around it, whose clock and chance are somebody else's: for tests. */
public final class LocalEngine {
  private LocalEngine() {}

  /**
   * What is in the hands of whoever hosts the node.
   *
   * @param busy counts the threads of functions' code
   * @param code what is performed as the code of steps
   * @param launcher what executes runs, given what executes Java functions
   * @param chance numbers from 0 to 1, asked on any thread
   */
  public record Controls(
      Time time,
      Busy busy,
      StepCode code,
      UnaryOperator<Execution.Launcher> launcher,
      DoubleSupplier chance) {}

  /** Hosts a node's actors below {@code context}'s actor, on whose thread this is called. */
  public static Engine host(
      ActorContext<?> context, EngineStart start, Shards shards, Controls controls) {
    var hosted = new HostedEngine(context, start, shards, controls, List::of);
    hosted.meet();
    // Nobody tells anybody anything before the functions are known: there is no other node.
    hosted.open();
    return hosted.engine();
  }
}
