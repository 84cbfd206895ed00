package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.cluster.FormingRules.Decision;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FormingRulesTest {

  private static final HostPort A = new HostPort("a", 1);
  private static final HostPort B = new HostPort("b", 1);
  private static final HostPort C = new HostPort("c", 1);
  private static final Set<HostPort> ALL = Set.of(A, B, C);
  private static final long SETTLED = FormingRules.SETTLE.toMillis();
  private static final long PATIENT = FormingRules.PATIENCE.toMillis();

  private FormingState state = FormingState.NOTHING;

  private void see(Set<HostPort> found, Set<HostPort> answering, long millis) {
    state = state.seen(found, answering, millis);
  }

  private Decision decide(HostPort self, long millis) {
    return FormingRules.decide(state, self, 0, millis);
  }

  @Test
  void aNodeThatIsMeantToBeAloneBeginsAtOnce() {
    see(Set.of(A), Set.of(), 0);
    assertThat(decide(A, 0)).isEqualTo(new Decision.Begin(List.of()));
  }

  @Test
  void theLowestBeginsOnceItHasTriedToJoinForAWhile() {
    see(ALL, Set.of(B, C), 0);
    assertThat(decide(A, SETTLED - 1)).isEqualTo(new Decision.Join(List.of(B, C)));
    assertThat(decide(A, SETTLED)).isEqualTo(new Decision.Begin(List.of(B, C)));
  }

  @Test
  void anyOtherOnlyJoins() {
    see(ALL, Set.of(A, C), 0);
    assertThat(decide(B, 100 * PATIENT)).isEqualTo(new Decision.Join(List.of(A, C)));
  }

  @Test
  void nobodyBeginsWithoutMoreThanHalf() {
    see(ALL, Set.of(), 0);
    assertThat(decide(A, 100 * PATIENT)).isInstanceOf(Decision.Wait.class);
    see(Set.of(A, B, C, new HostPort("d", 1)), Set.of(B), 0);
    assertThat(decide(A, 100 * PATIENT)).isEqualTo(new Decision.Join(List.of(B)));
  }

  @Test
  void nobodyBeginsWithFewerThanRequired() {
    see(Set.of(A, B), Set.of(B), 0);
    assertThat(FormingRules.decide(state, A, 3, SETTLED)).isInstanceOf(Decision.Join.class);
    assertThat(FormingRules.decide(state, A, 2, SETTLED)).isInstanceOf(Decision.Begin.class);
  }

  @Test
  void theNextOneBeginsWhenTheLowestHasBeenGoneForLong() {
    see(ALL, Set.of(C), 0);
    see(ALL, Set.of(C), PATIENT - 1);
    assertThat(decide(B, PATIENT - 1)).isEqualTo(new Decision.Join(List.of(C)));
    assertThat(decide(B, PATIENT)).isEqualTo(new Decision.Begin(List.of(C)));
  }

  @Test
  void whoAnswersInBetweenHasNotBeenGoneForLong() {
    see(ALL, Set.of(C), 0);
    see(ALL, Set.of(A, C), PATIENT - 1);
    see(ALL, Set.of(C), PATIENT);
    assertThat(decide(B, 2 * PATIENT - 1)).isInstanceOf(Decision.Join.class);
    assertThat(decide(B, 2 * PATIENT)).isInstanceOf(Decision.Begin.class);
  }

  @Test
  void contactPointsThatHaveJustChangedAreNotReliedOn() {
    see(Set.of(A, B), Set.of(B), 0);
    see(ALL, Set.of(B, C), SETTLED);
    assertThat(decide(A, 2 * SETTLED - 1)).isInstanceOf(Decision.Join.class);
    assertThat(decide(A, 2 * SETTLED)).isInstanceOf(Decision.Begin.class);
  }

  @Test
  void whoIsNoContactPointItselfNeverBegins() {
    see(Set.of(B, C), Set.of(B, C), 0);
    assertThat(decide(A, 100 * PATIENT)).isEqualTo(new Decision.Join(List.of(B, C)));
  }
}
