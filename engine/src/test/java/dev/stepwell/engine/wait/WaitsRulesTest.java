package dev.stepwell.engine.wait;

import static dev.stepwell.engine.wait.Samples.HOUR;
import static dev.stepwell.engine.wait.Samples.NOON;
import static dev.stepwell.engine.wait.Samples.lookingBack;
import static dev.stepwell.engine.wait.Samples.paid;
import static dev.stepwell.engine.wait.Samples.ulid;
import static dev.stepwell.engine.wait.Samples.waitFor;
import static dev.stepwell.engine.wait.Samples.waitForAny;
import static dev.stepwell.engine.wait.Samples.waitForSignal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which waits an event matches. No actors here. */
class WaitsRulesTest {

  @Test
  void anEventMatchesWaitsForItsValueAndWaitsForAny() {
    var state = after(waitFor(1, "a", 7), waitFor(2, "a", 8), waitForAny(3, "a"));

    assertThat(WaitsRules.matching(state, paid(100, 7, NOON)))
        .containsExactly(List.of(waitFor(1, "a", 7)), List.of(waitForAny(3, "a")));
  }

  @Test
  void theOldestRegistrationComesFirstWhateverItsKey() {
    var state = after(waitForAny(3, "a"), waitFor(2, "a", 7), waitFor(1, "a", 7));

    assertThat(WaitsRules.matching(state, paid(100, 7, NOON)))
        .containsExactly(
            List.of(waitForAny(3, "a")), List.of(waitFor(2, "a", 7)), List.of(waitFor(1, "a", 7)));
  }

  @Test
  void waitsOfOneRunStandTogether() {
    var state = after(waitFor(1, "a", 7), waitFor(2, "a", 7), waitForAny(1, "b"));

    assertThat(WaitsRules.matching(state, paid(100, 7, NOON)))
        .containsExactly(
            List.of(waitFor(1, "a", 7), waitForAny(1, "b")), List.of(waitFor(2, "a", 7)));
  }

  @Test
  void theEventThatStartedARunAnswersNoneOfItsWaits() {
    assertThat(WaitsRules.matching(after(waitFor(1, "a", 7)), paid(0, 7, NOON))).isEmpty();
  }

  @Test
  void anEventAcceptedAtTheEndOfAWaitComesTooLate() {
    var state = after(waitFor(1, "a", 7));

    assertThat(WaitsRules.matching(state, paid(100, 7, NOON + HOUR))).isEmpty();
    assertThat(WaitsRules.matching(state, paid(100, 7, NOON + HOUR - 1))).hasSize(1);
  }

  @Test
  void anEventFromBeforeTheInstantToWhichAWaitLooksBackComesTooEarly() {
    var state = after(lookingBack(waitFor(1, "a", 7), NOON));

    assertThat(WaitsRules.matching(state, paid(100, 7, NOON - 1))).isEmpty();
    assertThat(WaitsRules.matching(state, paid(100, 7, NOON))).hasSize(1);
  }

  @Test
  void anEventThatCallsItselfASignalMatchesNothing() {
    var state = after(waitForSignal(1, "a", "go"));
    var forged = Samples.event(100, WaitKey.SIGNAL_EVENT, "{\"signal\":\"go\"}", NOON);

    assertThat(WaitsRules.matching(state, forged)).isEmpty();
    assertThat(WaitsRules.signalled(state, "go")).containsExactly(waitForSignal(1, "a", "go"));
    assertThat(WaitsRules.signalled(state, "stop")).isEmpty();
  }

  @Test
  void onlyALaterRunHasAnotherAheadOfItForASignal() {
    var state = after(waitForSignal(1, "a", "go"), waitForSignal(2, "a", "go"));

    assertThat(WaitsRules.signalRunAhead(state, waitForSignal(1, "a", "go"))).isEmpty();
    assertThat(WaitsRules.signalRunAhead(state, waitForSignal(2, "a", "go"))).contains(ulid(1));
    assertThat(
            WaitsRules.signalRunAhead(
                after(waitFor(1, "a", 7), waitFor(2, "a", 7)), waitFor(2, "a", 7)))
        .isEmpty();
  }

  @Test
  void aWaitExpiresAMinuteAfterItsEnd() {
    var state = after(waitFor(1, "a", 7), waitFor(2, "a", 7));

    assertThat(WaitsRules.expired(state, NOON + HOUR + 59_999, 10)).isEmpty();
    assertThat(WaitsRules.expired(state, NOON + HOUR + 60_000, 10)).hasSize(2);
    assertThat(WaitsRules.expired(state, NOON + HOUR + 60_000, 1)).hasSize(1);
  }

  @Test
  void removingEveryWaitLeavesNothingBehind() {
    var state = after(waitFor(1, "a", 7), waitForAny(1, "b"), waitForSignal(2, "a", "go"));
    for (var id : List.copyOf(state.waits().keySet())) {
      state = state.apply(new WaitsFact.Removed(id));
    }

    assertThat(state).isEqualTo(WaitsState.of(3, List.of()));
  }

  @Test
  void factsThatComeTwiceOrTooLateChangeNothing() {
    var state = after(waitFor(1, "a", 7));

    assertThat(state.apply(new WaitsFact.Registered(waitFor(1, "a", 7)))).isEqualTo(state);
    assertThat(state.apply(new WaitsFact.Removed(waitFor(2, "a", 7).id()))).isEqualTo(state);
  }

  @Test
  void hundredThousandWaitsOfOneNameAreFoundByValue() {
    var state =
        after(
            LongStream.range(1, 100_001)
                .mapToObj(i -> waitFor(i, "a", (int) i))
                .toArray(Wait[]::new));

    assertThat(WaitsRules.matching(state, paid(200_000, 50_000, NOON)))
        .containsExactly(List.of(waitFor(50_000, "a", 50_000)));
  }

  private static WaitsState after(Wait... waits) {
    var state = WaitsState.EMPTY;
    for (var wait : waits) {
      state = state.apply(new WaitsFact.Registered(wait));
    }
    return state;
  }
}
