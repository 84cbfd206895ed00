package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.cassandra.FaultyCql.Fate;
import dev.stepwell.cassandra.journal.NotAcknowledgedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A shard goes from process to process, which give it back, die, or hang and come back late, while
 * of many writes nobody knows whether they have happened, and some happen much later.
 */
@Tag("long")
class TakeoverTest {

  private static final int OWNERS = 14;
  private static final int ROUNDS = 30;

  private static final List<String> IDS =
      IntStream.range(0, 12)
          .mapToObj(
              i -> i % 2 == 0 ? "waits|" + i : "run|01KDWK0000R0000000000000%02d".formatted(i))
          .toList();

  private static final List<Fate> FATES = List.of(Fate.REQUEST_LOST, Fate.ANSWER_LOST, Fate.LATE);

  private final Random random;
  private final List<Member> gone = new ArrayList<>();

  /** What must be read for ever: what was acknowledged, and what was read once. */
  private final Map<String, List<String>> certain = new TreeMap<>();

  private final List<CompletableFuture<Void>> zombies = new ArrayList<>();
  private int facts;
  private int unknown;

  TakeoverTest() {
    var seed = Long.getLong("stepwell.seed", System.nanoTime());
    System.out.println("TakeoverTest: -Dstepwell.seed=" + seed);
    random = new Random(seed);
  }

  @Test
  void nothingThatWasAcknowledgedOrReadIsEverLost() {
    try (var session = CassandraSession.open(Keyspace.fresh())) {
      for (var owner = 0; owner < OWNERS; owner++) {
        var member = Member.start(session).take();
        for (var round = 0; round < ROUNDS; round++) {
          work(member);
          somethingArrives();
        }
        end(member);
      }
      // Whoever hung last may still own the shard; from here on nobody of them does.
      try (var last = Member.start(session).take()) {
        gone.forEach(Member::close);
        zombies.forEach(append ->
            assertThat(Member.failure(append)).isInstanceOf(NotAcknowledgedException.class));
        IDS.forEach(id -> read(last, id));
      }
    }
    System.out.println("TakeoverTest: " + facts + " acknowledged, " + unknown + " unknown");
    assertThat(facts).isGreaterThan(500);
    assertThat(unknown).isGreaterThan(100);
  }

  private void work(Member member) {
    var id = IDS.get(random.nextInt(IDS.size()));
    if (!read(member, id)) {
      return;
    }
    for (var i = random.nextInt(8); i >= 0; i--) {
      var known = known(id);
      var fact = "fact " + facts + " of epoch " + member.epoch();
      if (random.nextInt(4) == 0) {
        member.cql.next(fate());
      }
      try {
        member.append(id, known.size() + 1, fact).join();
        known.add(known.size() + 1 + " " + fact);
        facts++;
      } catch (CompletionException _) {
        unknown++;
        return;
      }
    }
  }

  private List<String> known(String id) {
    return certain.computeIfAbsent(id, _ -> new ArrayList<>());
  }

  private Fate fate() {
    return FATES.get(random.nextInt(FATES.size()));
  }

  /** Returns whether it could be read. */
  private boolean read(Member member, String id) {
    if (random.nextInt(8) == 0) {
      member.cql.next(fate()); // the fate of the seal, if one is needed
    }
    try {
      var read = member.replay(id);
      var known = known(id);
      assertThat(read.subList(0, Math.min(read.size(), known.size()))).as(id).isEqualTo(known);
      known.addAll(read.subList(known.size(), read.size()));
      return true;
    } catch (CompletionException e) {
      assertThat(e).hasStackTraceContaining("nobody knows");
      return false;
    }
  }

  /** Out of the past, from an owner of now or of long ago. */
  private void somethingArrives() {
    if (!gone.isEmpty() && random.nextInt(3) == 0) {
      gone.get(random.nextInt(gone.size())).cql.arrive().toCompletableFuture().join();
    }
  }

  private void end(Member member) {
    switch (random.nextInt(3)) {
      case 0 -> {
        member.giveBack();
        gone.add(member);
      }
      case 1 -> {
        // Under way when it is paused: it may be stored, but that is never heard of.
        var id = IDS.getFirst();
        var certain = read(member, id);
        member.pause();
        if (certain) {
          zombies.add(member.append(id, known(id).size() + 1, "of a zombie"));
        }
        gone.add(member);
      }
      default -> {
        var zombie = gone.stream().findAny();
        zombie.ifPresent(Member::resume);
        member.crash();
        gone.add(member);
      }
    }
  }
}
