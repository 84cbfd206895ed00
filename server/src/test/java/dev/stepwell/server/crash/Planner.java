package dev.stepwell.server.crash;

import dev.stepwell.server.crash.Drafts.Draft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes a plan by chance: the same for the same chance. */
final class Planner {

  private static final double REPEATED = 0.3;
  private static final double TRIED_ONCE = 0.04;
  private static final double ANSWERED_TOO_EARLY = 0.02;
  private static final int EVENTS_OF_A_REQUEST_MAX = 5;
  private static final int ROUNDS_LATER_MAX = 3;
  private static final int TWICE_IN_A_REQUEST_ONE_IN = 4;

  private final RandomGenerator chance;
  private final Drafts drafts;
  private final List<List<Request>> rounds = new ArrayList<>();

  private Planner(RandomGenerator chance, int rounds, long nowMillis) {
    this.chance = chance;
    this.drafts = new Drafts(chance, nowMillis);
    for (var i = 0; i < rounds; i++) {
      this.rounds.add(new ArrayList<>());
    }
  }

  static Plan plan(RandomGenerator chance, int events, int rounds, long nowMillis) {
    var planner = new Planner(chance, rounds, nowMillis);
    var repeats = (int) (events * REPEATED);
    for (var round = 0; round < rounds; round++) {
      planner.fill(round, share(events - repeats, round, rounds), share(repeats, round, rounds));
    }
    planner.rounds.forEach(requests -> Collections.shuffle(requests, chance));
    return new Plan(planner.rounds, planner.drafts.asked(), events, repeats);
  }

  private static int share(int whole, int round, int rounds) {
    return whole * (round + 1) / rounds - whole * round / rounds;
  }

  private void fill(int round, int originals, int repeats) {
    var fresh = new ArrayList<Draft>();
    for (var i = 0; i < originals; i++) {
      var key = "k" + round + "-" + i;
      if (chance.nextDouble() < ANSWERED_TOO_EARLY) {
        rounds.get(round).add(drafts.answeredTooEarly(key));
      } else {
        fresh.add(drafts.draft(key));
      }
    }
    var at = 0;
    while (at < fresh.size()) {
      var size = Math.min(chance.nextInt(1, EVENTS_OF_A_REQUEST_MAX + 1), fresh.size() - at);
      var insistent = size > 1 || chance.nextDouble() >= TRIED_ONCE;
      rounds.get(round).add(drafts.request(fresh.subList(at, at + size), insistent));
      at += size;
    }
    repeat(round, fresh.stream().filter(Draft::hasUserId).toList(), repeats);
  }

  /** With the user's id, at once or in a later life of the server, in requests of their own. */
  private void repeat(int round, List<Draft> repeatable, int repeats) {
    var left = repeats;
    while (left > 0) {
      var original = repeatable.get(chance.nextInt(repeatable.size()));
      var twice = left > 1 && chance.nextInt(TWICE_IN_A_REQUEST_ONE_IN) == 0;
      var events = twice ? List.of(original, original) : List.of(original);
      var later = round + chance.nextInt(Math.min(ROUNDS_LATER_MAX, rounds.size() - round));
      rounds.get(later).add(drafts.request(events, true));
      left -= events.size();
    }
  }
}
