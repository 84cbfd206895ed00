package dev.stepwell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.event.EventLogFact.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventLogHistoryTest {

  private final long firstSeed = Long.getLong("stepwell.test.seed", 7);

  @Test
  void replayEqualsLifeFromTheBeginningAndFromAnySnapshot() {
    for (var seed = firstSeed; seed < firstSeed + 2_000; seed++) {
      var random = new Random(seed);
      var lived = EventLogState.EMPTY;
      var replayed = EventLogState.EMPTY;
      for (var i = random.nextInt(40); i > 0; i--) {
        var fact = any(random);
        lived = lived.apply(fact);
        replayed =
            replayed.apply(EventLogCodec.INSTANCE.decode(EventLogCodec.INSTANCE.encode(fact)));
        if (random.nextInt(5) == 0) {
          replayed = EventLogCodec.STATE.decode(EventLogCodec.STATE.encode(replayed));
        }
        assertThat(replayed).as("-Dstepwell.test.seed=" + seed).isEqualTo(lived);
      }
    }
  }

  private static EventLogFact any(Random random) {
    if (random.nextInt(3) == 0) {
      return new EventLogFact.Forgotten(
          random.longs(random.nextInt(6), 0, 30).mapToObj(Samples::ulid).toList());
    }
    var entries = new ArrayList<Entry>();
    for (var i = random.nextInt(6); i > 0; i--) {
      entries.add(
          new Entry(
              Samples.event(random.nextInt(30)),
              List.of("ship", "bill").subList(0, random.nextInt(3)),
              random.nextBoolean() ? Optional.of(Samples.ulid(1)) : Optional.empty(),
              random.nextBoolean()));
    }
    return new EventLogFact.Accepted(entries);
  }
}
