package dev.stepwell.server.race;

import static dev.stepwell.server.race.RaceFunctions.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The judge sees each thing that can go wrong, and nothing where all went well. */
class JudgeTest {

  private static final long SINCE = 1_000;
  private static final long START = 1_200;
  private static final long END = 2_000;

  private static Seen.Wait wait(String step, Optional<String> matched, long ended) {
    return new Seen.Wait(step, SINCE, START, END, matched, OptionalLong.of(ended));
  }

  private static Seen.Wait heard(long ended) {
    return wait("only", Optional.of("k"), ended);
  }

  private static Seen.Wait heardNothing() {
    return wait("only", Optional.empty(), END);
  }

  private static Seen.Run run(Seen.Wait... waits) {
    var notes = List.of(waits).stream().map(wait -> wait.matched().orElse(NOTHING)).toList();
    return new Seen.Run("R", "k", true, List.of(waits), List.of(notes));
  }

  private static Verdict judge(Seen.Run run, long... receivedAt) {
    var answers = LongStream.of(receivedAt).mapToObj(at -> new Seen.Answer("k", at)).toList();
    return Judge.judge(List.of(run), answers);
  }

  private static void sees(Verdict verdict, String what) {
    assertThat(verdict.violations()).singleElement().asString().contains(what);
  }

  @Test
  void anAnswerInTimeIsHeard() {
    for (var at : new long[] {SINCE, START, END - 1}) {
      assertThat(judge(run(heard(END + 5)), at).violations()).isEmpty();
      sees(judge(run(heardNothing()), at), "did not hear");
    }
  }

  @Test
  void anAnswerAtTheEndIsNotHeard() {
    assertThat(judge(run(heardNothing()), END).violations()).isEmpty();
    sees(judge(run(heard(END)), END), "heard what is not for it");
  }

  @Test
  void anAnswerFromBeforeItsTimeMayBeHeardOrNot() {
    var heard = judge(run(heard(START)), SINCE - 1);
    assertThat(heard.violations()).isEmpty();
    assertThat(heard.eitherWay()).isEqualTo(1);
    var missed = judge(run(heardNothing()), SINCE - 1);
    assertThat(missed.violations()).isEmpty();
    assertThat(missed.eitherWay()).isZero();
  }

  @Test
  void whatNobodySaidIsNotHeard() {
    sees(judge(run(heard(START))), "heard what is not for it");
    sees(judge(run(wait("only", Optional.of("other"), START)), START), "heard what is not for it");
  }

  @Test
  void nothingIsHeardBeforeItWasSaid() {
    sees(judge(run(heard(START)), START + 1), "heard its answer too early");
  }

  @Test
  void noWaitEndsBeforeItsTime() {
    sees(judge(run(wait("only", Optional.empty(), END - 1))), "timed out too early");
  }

  @Test
  void anAnswerIsHeardByOneWaitOfARun() {
    var first = heard(START);
    assertThat(judge(run(first, heardNothing()), START).violations()).isEmpty();
    sees(judge(run(first, first), START), "heard what is not for it");
  }

  @Test
  void whatCameTooLateForOneWaitIsForTheNext() {
    var next = new Seen.Wait("next", SINCE, END, END + 400, Optional.of("k"), OptionalLong.of(END));
    assertThat(judge(run(heardNothing(), next), END).violations()).isEmpty();
    var deaf =
        new Seen.Wait("next", SINCE, END, END + 400, Optional.empty(), OptionalLong.of(END + 400));
    sees(judge(run(heardNothing(), deaf), END), "did not hear");
  }

  @Test
  void aWaitThatGoesOnIsSeen() {
    var open = new Seen.Wait("only", SINCE, START, END, Optional.empty(), OptionalLong.empty());
    sees(judge(run(open)), "has neither heard an answer nor timed out");
  }

  @Test
  void aRunThatGoesOnIsSeen() {
    var waits = List.of(heardNothing());
    var open = new Seen.Run("R", "k", false, waits, List.of(List.of(NOTHING)));
    sees(judge(open), "has not completed");
  }

  @Test
  void aRunThatHeardOtherThanIsShownIsSeen() {
    var waits = List.of(heard(START));
    for (var notes :
        List.of(
            List.<List<String>>of(),
            List.of(List.of(NOTHING)),
            List.of(List.of("k"), List.of("k")))) {
      sees(judge(new Seen.Run("R", "k", true, waits, notes), START), "the node shows [k]");
    }
  }

  @Test
  void onlyWhatCameToAWaitThatWasThereIsTimed() {
    assertThat(judge(run(heard(START + 7)), START).latencies()).containsExactly(7L);
    assertThat(judge(run(heard(START + 7)), START - 1).latencies()).isEmpty();
    assertThat(judge(run(wait("only", Optional.empty(), END + 9))).delays()).containsExactly(9L);
  }
}
