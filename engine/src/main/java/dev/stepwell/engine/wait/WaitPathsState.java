package dev.stepwell.engine.wait;

import java.util.Optional;
import java.util.OptionalLong;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The paths by which somebody has ever waited for one event name.
 *
 * @param paths since when each is active, if it is
 */
record WaitPathsState(PMap<String, OptionalLong> paths) {

  static final WaitPathsState EMPTY = new WaitPathsState(HashTreePMap.empty());

  WaitPathsState apply(WaitPathsFact fact) {
    return switch (fact) {
      case WaitPathsFact.PathAdded(var path) -> with(path, OptionalLong.empty());
      case WaitPathsFact.PathActive(var path, var atMillis) ->
          with(path, OptionalLong.of(atMillis));
    };
  }

  /** Since when a path is active: nothing if it is unknown, an empty instant if not yet. */
  Optional<OptionalLong> find(String path) {
    return Optional.ofNullable(paths.get(path));
  }

  private WaitPathsState with(String path, OptionalLong activeSince) {
    return new WaitPathsState(paths.plus(path, activeSince));
  }
}
