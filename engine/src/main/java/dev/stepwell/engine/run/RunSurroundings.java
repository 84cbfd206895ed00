package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.TimerPartitions;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What all runs of a node share.
 *
 * @param partitions how many there are of event logs, timers and waits each
 * @param shortPauseMillis up to here a pause is waited for in memory, its thread parked
 * @param policies by function
 * @param anybodyListens whether an event of our own of that name would start anything
 * @param chance random numbers from 0 to 1
 */
public record RunSurroundings(
    Time time,
    Shards shards,
    int partitions,
    long shortPauseMillis,
    Execution.Launcher launcher,
    Function<String, RunPolicy> policies,
    Predicate<String> anybodyListens,
    ActorRef<RunEnlister.Message> enlister,
    RunListener listener,
    DoubleSupplier chance) {

  /** What follows from a command. */
  Decision decide(RunState state, RunCommand command) {
    return RunRules.decide(
        state, command, policy(state, command), time.millis(), chance.getAsDouble());
  }

  private RunPolicy policy(RunState state, RunCommand command) {
    return switch (state) {
      case RunState.Active run -> policies.apply(run.function());
      case RunState.Ended ended -> policies.apply(ended.run().function());
      case RunState.Absent _ ->
          command instanceof RunCommand.Start(var function, _)
              ? policies.apply(function)
              : RunPolicy.NONE;
    };
  }

  TimerPartitions timers() {
    return new TimerPartitions(shards, partitions);
  }
}
