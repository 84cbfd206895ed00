package dev.stepwell.engine.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.event.EventStream;

/**
 * The addresses at which no process is any more, as {@link CrashWatch} has found out, for {@link
 * CrashAwareFailureDetector}. Pekko makes that one by its class's name and gives it nothing of its
 * system but the event stream: by which these are found.
 */
final class Deaths {

  private static final Map<EventStream, Deaths> BY_STREAM =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Set<String> addresses = ConcurrentHashMap.newKeySet();

  private Deaths() {}

  static Deaths of(EventStream stream) {
    return BY_STREAM.computeIfAbsent(stream, _ -> new Deaths());
  }

  static Deaths of(ActorSystem system) {
    return of(system.eventStream());
  }

  /** From now on nobody is alive there. */
  void add(String address) {
    addresses.add(address);
  }

  /** Somebody else may come to live there. */
  void remove(String address) {
    addresses.remove(address);
  }

  boolean has(String address) {
    return addresses.contains(address);
  }
}
