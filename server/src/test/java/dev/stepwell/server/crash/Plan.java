package dev.stepwell.server.crash;

import java.util.List;
import java.util.Map;

/**
 * What is to be sent, and what it asks for.
 *
 * @param rounds requests, by the life of the server in which they are first sent
 * @param asked by key
 * @param events without those that answer
 * @param repeats of these, the ones that ask for the same as an earlier one
 */
record Plan(List<List<Request>> rounds, Map<String, Asked> asked, int events, int repeats) {
  Plan {
    rounds = rounds.stream().map(List::copyOf).toList();
    asked = Map.copyOf(asked);
  }
}
