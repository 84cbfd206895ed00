package dev.stepwell.engine;

import dev.stepwell.engine.event.EventLog;
import dev.stepwell.engine.flow.Slots;
import dev.stepwell.engine.function.Registry;
import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wait.Waits;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which shard an actor is, by its persistence id: for stores that take facts from their shard's
 * owner only.
 *
 * @param shards of each kind; the same on all nodes, for ever
 */
public record Placement(int shards) implements Function<String, Shard> {

  /** Those that keep facts, by name. */
  private static final Map<String, Kind<?>> KINDS =
      Stream.of(
              RunEntity.KIND, EventLog.KIND, Waits.KIND, WaitPaths.KIND, Slots.KIND, Registry.KIND)
          .collect(Collectors.toMap(Kind::name, Function.identity()));

  /**
   * The shard of the actor with a persistence id, which is its kind, a bar, and its own id; or its
   * kind alone, if there is only one of it.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  @Override
  public Shard apply(String persistenceId) {
    var bar = persistenceId.indexOf('|');
    var name = bar < 0 ? persistenceId : persistenceId.substring(0, bar);
    var kind = KINDS.get(name);
    if (kind == null) {
      throw new IllegalArgumentException("no actor keeps facts under '" + persistenceId + "'");
    }
    return new Shard(name, kind.shard(persistenceId.substring(bar + 1), shards));
  }
}
