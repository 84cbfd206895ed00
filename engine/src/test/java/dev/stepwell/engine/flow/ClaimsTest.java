package dev.stepwell.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.flow.Claims.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lease of ten seconds: believed for nine, renewed every three and a third. */
class ClaimsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String SLOTS = "f|k";

  private final Claims<String> claims = new Claims<>("node", Duration.ofSeconds(10));

  @Test
  void aSlotIsHeldOnceItIsGrantedAndUntilNineTenthsOfALeaseAfterItWasAskedFor() {
    var ask = want("a", at(0));
    assertThat(claims.holds("a", at(1))).isFalse();

    assertThat(granted(ask, at(2)).held()).containsExactly("a");

    assertThat(claims.holds("a", at(8.999))).isTrue();
    assertThat(claims.holds("a", at(9))).isFalse();
  }

  @Test
  void aSecondGrantTellsNobodyAgain() {
    var ask = want("a", at(0));
    granted(ask, at(1));

    assertThat(granted(ask, at(1)).held()).isEmpty();
  }

  @Test
  void aHeldSlotIsRenewedAndHeldOn() {
    granted(want("a", at(0)), at(1));

    assertThat(claims.passAt()).contains(at(3.333333333));
    var renewal = (Send.Ask) claims.pass(at(4)).sends().getFirst();
    assertThat(renewal.holds()).isTrue();
    granted(renewal, at(5));

    assertThat(claims.holds("a", at(12.999))).isTrue();
  }

  @Test
  void whoWaitsAsksAgain() {
    var ask = want("a", at(0));

    var again = (Send.Ask) claims.pass(at(4)).sends().getFirst();

    assertThat(again.holds()).isFalse();
    assertThat(again.holder()).isEqualTo(ask.holder());
  }

  @Test
  void anAnswerToAnOldQuestionIsNoGrantAfterItsLease() {
    var ask = want("a", at(0));

    assertThat(granted(ask, at(9)).held()).isEmpty();
    assertThat(claims.holds("a", at(9))).isFalse();
  }

  /** Meanwhile somebody else may have got the slot, and the slots may have been restarted. */
  @Test
  void anAnswerAfterTheLeaseHasRunOutDoesNotBringTheSlotBack() {
    granted(want("a", at(0)), at(1));
    var renewal = (Send.Ask) claims.pass(at(4)).sends().getFirst();

    granted(renewal, at(9.5));

    assertThat(claims.holds("a", at(9.5))).isFalse();
  }

  @Test
  void aLostSlotIsGivenBackAndClaimedUnderAnotherName() {
    var ask = want("a", at(0));
    granted(ask, at(1));
    claims.pass(at(4));
    assertThat(claims.passAt()).contains(at(7.333333333));
    claims.pass(at(8));
    assertThat(claims.passAt()).contains(at(9));

    var outcome = claims.pass(at(9));

    assertThat(outcome.lost()).containsExactly("a");
    assertThat(outcome.sends().getFirst()).isEqualTo(new Send.Release(SLOTS, ask.holder()));
    var anew = (Send.Ask) outcome.sends().getLast();
    assertThat(anew.holder()).isNotEqualTo(ask.holder());
    assertThat(anew.holds()).isFalse();
    assertThat(granted(anew, at(10)).held()).containsExactly("a");
  }

  @Test
  void aGrantForWhatIsNotWantedAnyMoreIsGivenBack() {
    var ask = want("a", at(0));
    assertThat(claims.drop("a").sends()).containsExactly(new Send.Release(SLOTS, ask.holder()));

    assertThat(granted(ask, at(1)).sends())
        .isEqualTo(List.of(new Send.Release(SLOTS, ask.holder())));
  }

  @Test
  void nothingTicksWhenNothingIsClaimed() {
    want("a", at(0));
    claims.drop("a");

    assertThat(claims.passAt()).isEmpty();
  }

  private Send.Ask want(String who, Instant now) {
    return (Send.Ask) claims.want(who, SLOTS, "run/step", 7, 1, now).sends().getFirst();
  }

  private Claims.Outcome<String> granted(Send.Ask ask, Instant now) {
    return claims.granted(SLOTS, ask.holder(), ask.askedAtMillis(), now);
  }

  private static Instant at(double seconds) {
    return NOON.plusNanos((long) (seconds * 1e9));
  }
}
