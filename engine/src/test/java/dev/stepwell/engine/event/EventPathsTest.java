package dev.stepwell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.WaitKey;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventPathsTest {

  private static final int PARTITIONS = 32;
  private static final Match ORDER = new Match("data.orderId", "\"o-1\"");
  private static final Event PAID =
      new Event(
          Samples.ulid(1),
          Optional.empty(),
          "order/paid",
          0,
          0,
          Json.of("{\"orderId\":\"o-1\",\"total\":7}"),
          Optional.empty(),
          Optional.empty());

  private final Set<String> inUse = new HashSet<>();
  private final EventPaths paths = new EventPaths(() -> inUse);

  @Test
  void aNameIsKnownOnceAllOfItsPathsWereTold() {
    assertThat(paths.know("order/paid")).isFalse();
    paths.added("order/paid", "data.orderId");
    assertThat(paths.know("order/paid")).isFalse();
    paths.known("order/paid", Set.of());
    assertThat(paths.know("order/paid")).isTrue();
  }

  @Test
  void aPathThatWasAddedBeforeTheOthersWereToldStays() {
    paths.added("order/paid", "data.orderId");
    paths.known("order/paid", Set.of("data.total"));

    assertThat(paths.matches(PAID)).containsExactlyInAnyOrder(ORDER, new Match("data.total", "7"));
  }

  @Test
  void anEventWithNobodyWaitingForItsNameIsOfferedToNobody() {
    paths.known("order/paid", Set.of());
    assertThat(paths.waits(PAID, PARTITIONS)).isEmpty();
    assertThat(paths.matches(PAID)).isEmpty();
  }

  @Test
  void anEventIsOfferedWhereWaitsForItsValuesAre() {
    paths.known("order/paid", Set.of("data.orderId", "data.customer"));
    assertThat(paths.waits(PAID, PARTITIONS))
        .containsExactly(WaitKey.of("order/paid", Optional.of(ORDER)).partition(PARTITIONS));
  }

  @Test
  void anEventIsOfferedWhereWaitsForAnySuchAre() {
    paths.known("order/paid", Set.of(""));
    assertThat(paths.waits(PAID, PARTITIONS))
        .containsExactly(WaitKey.of("order/paid", Optional.empty()).partition(PARTITIONS));
    assertThat(paths.matches(PAID)).isEmpty();
  }

  @Test
  void moreNamesThanAnybodyHasAreForgottenAndAskedForAgain() {
    for (var i = 0; i < EventPaths.NAMES_MAX; i++) {
      paths.known("name-" + i, Set.of());
    }
    paths.known("one-more", Set.of());

    assertThat(paths.know("one-more")).isTrue();
    assertThat(paths.know("name-0")).isFalse();
  }

  @Test
  void theNamesOfEventsUnderWayAreNeverForgotten() {
    inUse.add("name-0");
    for (var i = 0; i < 3 * EventPaths.NAMES_MAX; i++) {
      paths.known("name-" + i, Set.of("data.n"));
    }

    assertThat(paths.know("name-0")).isTrue();
    assertThat(paths.know("name-1")).isFalse();
  }

  @Test
  void theEnginesOwnEventsAreKnownFromTheBeginning() {
    assertThat(paths.know("inngest/function.finished")).isTrue();
    assertThat(paths.know("order/paid")).isFalse();
  }
}
