package dev.stepwell.engine.wait;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The waits of one partition, in the order of their registration, and the ways to find them.
 *
 * @param registrations how many there have ever been: the youngest wait's number
 * @param byPath how many waits there are, by event name and path
 */
record WaitsState(
    long registrations,
    HashPMap<Wait.Id, Entry> waits,
    HashPMap<WaitKey, TreePMap<Long, Wait>> byKey,
    HashPMap<String, HashPMap<String, Integer>> byPath,
    TreePSet<End> ends) {

  static final WaitsState EMPTY =
      new WaitsState(
          0, HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), TreePSet.empty());

  /** A wait as kept. */
  record Entry(long number, Wait subscription) {}

  /** When a wait ends; in that order. */
  record End(long atMillis, long number, Wait.Id id) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      var byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  boolean has(Wait.Id id) {
    return waits.containsKey(id);
  }

  Optional<Wait> find(Wait.Id id) {
    return entry(id).map(Entry::subscription);
  }

  /** The waits of a key, oldest registration first, by number. */
  TreePMap<Long, Wait> waiting(WaitKey key) {
    return byKey.getOrDefault(key, TreePMap.empty());
  }

  /** The paths by which somebody waits for events of this name; the empty one if for any such. */
  Set<String> paths(String event) {
    return byPath.getOrDefault(event, HashTreePMap.empty()).keySet();
  }

  /** Any fact may follow any other: what comes twice, or too late, changes nothing. */
  WaitsState apply(WaitsFact fact) {
    return switch (fact) {
      case WaitsFact.Registered(var wait) ->
          has(wait.id()) ? this : with(new Entry(registrations + 1, wait), registrations + 1);
      case WaitsFact.Removed(var id) -> entry(id).map(this::without).orElse(this);
    };
  }

  /** The state that these entries make. */
  static WaitsState of(long registrations, Collection<Entry> entries) {
    var state = new WaitsState(registrations, EMPTY.waits, EMPTY.byKey, EMPTY.byPath, EMPTY.ends);
    for (var entry : entries) {
      state = state.with(entry, registrations);
    }
    return state;
  }

  private Optional<Entry> entry(Wait.Id id) {
    return Optional.ofNullable(waits.get(id));
  }

  private WaitsState with(Entry entry, long newRegistrations) {
    var wait = entry.subscription();
    var key = wait.key();
    return new WaitsState(
        newRegistrations,
        waits.plus(wait.id(), entry),
        byKey.plus(key, waiting(key).plus(entry.number(), wait)),
        count(key, 1),
        ends.plus(end(entry)));
  }

  private WaitsState without(Entry entry) {
    var key = entry.subscription().key();
    var id = entry.subscription().id();
    var others = waiting(key).minus(entry.number());
    return new WaitsState(
        registrations,
        waits.minus(id),
        others.isEmpty() ? byKey.minus(key) : byKey.plus(key, others),
        count(key, -1),
        ends.minus(end(entry)));
  }

  private HashPMap<String, HashPMap<String, Integer>> count(WaitKey key, int more) {
    var paths = byPath.getOrDefault(key.event(), HashTreePMap.empty());
    var count = paths.getOrDefault(key.path(), 0) + more;
    var newPaths = count == 0 ? paths.minus(key.path()) : paths.plus(key.path(), count);
    return newPaths.isEmpty() ? byPath.minus(key.event()) : byPath.plus(key.event(), newPaths);
  }

  private static End end(Entry entry) {
    return new End(entry.subscription().untilMillis(), entry.number(), entry.subscription().id());
  }
}
