package dev.stepwell.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.flow.SlotRules.Ask;
import dev.stepwell.engine.flow.SlotRules.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotRulesTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(10);

  private SlotState<String> slots = SlotState.emptyFrom(NOON);
  private List<String> granted = List.of();

  @Test
  void slotsAreGrantedUpToTheLimit() {
    hear(acquire("a", 1, 2), 0);
    assertThat(granted).containsExactly("a");
    hear(acquire("b", 1, 2), 0);
    assertThat(granted).containsExactly("b");
    hear(acquire("c", 1, 2), 0);

    assertThat(granted).isEmpty();
  }

  @Test
  void aReleasedSlotGoesToTheOldestRunAndThenToWhoCameFirst() {
    hear(acquire("holder", 9, 1), 0);
    hear(acquire("young", 5, 1), 1);
    hear(acquire("old-second", 3, 1), 2);
    hear(acquire("old-third", 3, 1), 3);
    hear(acquire("oldest", 1, 1), 4);
    hear(acquire("old-second", 3, 1), 5);

    release("holder", 6);
    assertThat(granted).containsExactly("oldest");
    release("oldest", 6);
    assertThat(granted).containsExactly("old-second");
    release("old-second", 6);
    assertThat(granted).containsExactly("old-third");
  }

  @Test
  void askingAgainRepeatsTheGrantAndTakesNoSecondSlot() {
    hear(acquire("a", 1, 2), 0);
    hear(acquire("a", 1, 2), 1);
    assertThat(granted).containsExactly("a");

    hear(acquire("b", 1, 2), 1);

    assertThat(granted).containsExactly("b");
  }

  @Test
  void whoFallsSilentLosesItsSlotAfterALease() {
    hear(acquire("a", 1, 1), 0);
    hear(acquire("b", 1, 1), 5);
    assertThat(slots.nextChange()).contains(NOON.plusSeconds(10));

    pass(9.999);
    assertThat(granted).isEmpty();
    pass(10);

    assertThat(granted).containsExactly("b");
  }

  @Test
  void whoRenewsKeepsItsSlot() {
    hear(acquire("a", 1, 1), 0);
    hear(renew("a"), 9);
    hear(acquire("b", 1, 1), 9);

    pass(18.999);

    assertThat(granted).isEmpty();
  }

  @Test
  void whoWaitsSilentlyIsForgotten() {
    hear(acquire("a", 1, 1), 0);
    hear(acquire("gone", 0, 1), 0);
    hear(acquire("here", 1, 1), 5);
    hear(renew("a"), 9);

    release("a", 12);

    assertThat(granted).containsExactly("here");
  }

  @Test
  void aHigherLimitLetsTheNextIn() {
    hear(acquire("a", 1, 1), 0);
    hear(acquire("b", 1, 1), 0);

    hear(acquire("a", 1, 3), 1);

    assertThat(granted).containsExactly("a", "b");
  }

  @Test
  void aLowerLimitTakesNobodysSlot() {
    hear(acquire("a", 1, 2), 0);
    hear(acquire("b", 1, 2), 0);
    hear(acquire("c", 1, 1), 0);
    release("a", 1);

    assertThat(granted).isEmpty();
    hear(renew("b"), 1);
    assertThat(granted).containsExactly("b");
  }

  @Test
  void untilALeaseHasGoneByANewLifeOnlyTakesHoldersBack() {
    slots = SlotState.emptyFrom(NOON.plus(LEASE));
    hear(acquire("new", 1, 1), 1);
    assertThat(granted).isEmpty();
    assertThat(slots.nextChange()).contains(NOON.plusSeconds(10));
    hear(renew("holder"), 2);
    assertThat(granted).containsExactly("holder");
    hear(acquire("new", 1, 1), 9);

    pass(10);
    assertThat(granted).isEmpty();
    pass(12);

    assertThat(granted).containsExactly("new");
  }

  @Test
  void whoBelievesToHoldASlotThatIsNotItsAnyMoreWaitsForIt() {
    hear(acquire("a", 1, 1), 0);

    hear(renew("stranger"), 1);

    assertThat(granted).isEmpty();
  }

  @Test
  void releasingWhatNobodyHoldsChangesNothing() {
    hear(acquire("a", 1, 1), 0);

    release("b", 1);
    release("a", 1);
    release("a", 1);

    assertThat(slots.isEmpty()).isTrue();
  }

  private void hear(Ask<String> ask, double seconds) {
    follow(SlotRules.hear(slots, ask, at(seconds), LEASE));
  }

  private void release(String holder, double seconds) {
    follow(SlotRules.release(slots, holder, at(seconds)));
  }

  private void pass(double seconds) {
    follow(SlotRules.pass(slots, at(seconds)));
  }

  private void follow(SlotRules.Decision<String> decision) {
    slots = decision.state();
    granted = decision.grants().stream().map(Grant::holder).toList();
  }

  private static Ask<String> acquire(String holder, long order, int limit) {
    return new Ask<>(holder, order, limit, false, 0, "node");
  }

  private static Ask<String> renew(String holder) {
    return new Ask<>(holder, 1, 1, true, 0, "node");
  }

  private static Instant at(double seconds) {
    return NOON.plusNanos((long) (seconds * 1e9));
  }
}
