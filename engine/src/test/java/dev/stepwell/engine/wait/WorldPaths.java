package dev.stepwell.engine.wait;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Keeps the paths of the one event name of a {@link World}. */
final class WorldPaths {

  private final World world;
  private final Set<String> added = new TreeSet<>();
  private final Map<String, Set<Integer>> heard = new HashMap<>();
  private final Map<String, Long> active = new HashMap<>();

  WorldPaths(World world) {
    this.world = world;
  }

  Set<String> known() {
    return Set.copyOf(added);
  }

  /** Comes from a partition of waits, which repeats it until it is answered. */
  void ensure(ActivePaths.Path path, WorldPartition asker) {
    var since = active.get(path.path());
    if (since != null) {
      var answer = new WaitPaths.Active(path.event(), path.path(), since);
      world.send("paths>" + asker.name(), () -> asker.receive(new Waits.PathIsActive(answer)));
      return;
    }
    added.add(path.path());
    for (var log : world.logs) {
      world.send("paths>" + log.name(), () -> log.learn(path.path()));
    }
  }

  void acknowledged(String path, int log) {
    var all = heard.computeIfAbsent(path, _ -> new HashSet<>());
    all.add(log);
    if (all.size() == World.LOGS) {
      active.putIfAbsent(path, world.time.millis());
    }
  }
}
