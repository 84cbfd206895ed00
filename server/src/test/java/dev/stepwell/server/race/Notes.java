package dev.stepwell.server.race;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What runs note down of what they have heard: their own word, which no engine has a hand in. */
final class Notes {

  private final Map<String, ConcurrentLinkedQueue<List<String>>> byRun = new ConcurrentHashMap<>();

  /**
   * Adds a note.
   *
   * @param heard wait by wait
   */
  void add(String run, List<String> heard) {
    byRun.computeIfAbsent(run, _ -> new ConcurrentLinkedQueue<>()).add(List.copyOf(heard));
  }

  /** How many runs have noted something. */
  int runs() {
    return byRun.size();
  }

  /** All notes of a run, in their order. */
  List<List<String>> of(String run) {
    return List.copyOf(byRun.getOrDefault(run, new ConcurrentLinkedQueue<>()));
  }
}
