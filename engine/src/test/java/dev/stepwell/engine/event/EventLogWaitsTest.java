package dev.stepwell.engine.event;

import static dev.stepwell.engine.event.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that somebody waits for. */
class EventLogWaitsTest {

  private final EventLogFixture partition = new EventLogFixture();

  @AfterEach
  void stop() {
    partition.close();
  }

  @Test
  void anEventIsOfferedOnceTheIndexHasIt() {
    partition.paths.put(Samples.NAME, Set.of("data.n"));
    partition.index.hold();
    partition.append(event(1));
    partition.advance(Duration.ofSeconds(1));
    assertThat(offers()).isEmpty();

    partition.index.letGo();

    await().until(() -> offers().size() == 1);
    assertThat(offers().getFirst().event()).isEqualTo(event(1));
    assertThat(partition.row(event(1)).orElseThrow().matches())
        .containsExactly(new Match("data.n", "1"));
  }

  @Test
  void anEventIsNeverIndexedBeforeAllPathsOfItsNameAreKnown() {
    partition.paths.clear();
    partition.append(event(1));
    partition.advance(Duration.ofSeconds(3));
    assertThat(partition.row(event(1))).isEmpty();

    partition.paths.put(Samples.NAME, Set.of("data.n"));
    partition.advance(Duration.ofSeconds(1));

    await().until(() -> offers().size() == 1);
  }

  @Test
  void anEventUnderWayIsOfferedByAPathThatIsAcknowledgedMeanwhile() {
    partition.index.hold();
    partition.append(event(1));
    await().until(() -> partition.index.held() == 1);
    var asker = partition.probe(WaitPaths.Acknowledged.class);

    partition.log.tell(new EventLog.PathAdded(Samples.NAME, "data.n", asker.getRef()));
    assertThat(asker.receiveMessage()).isEqualTo(new WaitPaths.Acknowledged(0));
    partition.index.letGo();

    await().until(() -> offers().size() == 1);
  }

  @Test
  void anOfferIsRepeatedUntilItHasSettledAndTheEventIsKeptUntilThen() {
    partition.paths.put(Samples.NAME, Set.of(""));
    partition.append(event(1));
    partition.nextStart().settle();
    partition.nextStart().settle();
    await().until(() -> offers().size() == 1);
    partition.advance(Duration.ofSeconds(1));
    assertThat(offers()).hasSize(2);

    partition.crash();
    await().until(() -> offers().size() == 3);

    partition.nextStart().settle();
    partition.nextStart().settle();
    var offer = offers().getLast();
    offer.replyTo().tell(new Answer.Settled(offer.token()));
    partition.advance(Duration.ofMinutes(1));
    partition.crash();
    partition.sync();
    partition.advance(Duration.ofMinutes(1));
    assertThat(offers()).hasSize(3);
  }

  private List<Waits.Offer> offers() {
    return partition.shards.told(Waits.KIND, Waits.Offer.class);
  }
}
