package dev.stepwell.server.race;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says what each wait must have heard, from instants alone: the answer to its question, if that was
 * accepted in the wait's time and no earlier wait of the run has heard it; else nothing. An answer
 * from before the wait's time may be heard as well: it may have been on its way still.
 */
final class Judge {

  private final Map<String, Seen.Answer> answers;
  private final List<String> violations = new ArrayList<>();
  private final List<Long> latencies = new ArrayList<>();
  private final List<Long> delays = new ArrayList<>();
  private int matched;
  private int timedOut;
  private int eitherWay;

  private Judge(Collection<Seen.Answer> answers) {
    this.answers = answers.stream().collect(Collectors.toMap(Seen.Answer::key, answer -> answer));
  }

  /**
   * Judges all runs.
   *
   * @param answers one at most for each key
   */
  static Verdict judge(Collection<Seen.Run> runs, Collection<Seen.Answer> answers) {
    var judge = new Judge(answers);
    runs.forEach(judge::judge);
    return new Verdict(
        judge.matched,
        judge.timedOut,
        judge.eitherWay,
        judge.latencies.stream().sorted().toList(),
        judge.delays.stream().sorted().toList(),
        judge.violations);
  }

  private void judge(Seen.Run run) {
    if (!run.completed()) {
      violation(run, "has not completed");
    }
    var heard =
        run.waits().stream().map(wait -> wait.matched().orElse(RaceFunctions.NOTHING)).toList();
    if (!run.notes().equals(List.of(heard))) {
      violation(run, "noted %s, and the node shows %s".formatted(run.notes(), heard));
    }
    var left = Optional.ofNullable(answers.get(run.key()));
    for (var wait : run.waits()) {
      problem(wait, left).ifPresent(what -> violation(run, what + ": " + wait));
      if (wait.matched().isPresent()) {
        left = Optional.empty();
      }
    }
  }

  private void violation(Seen.Run run, String what) {
    violations.add("run %s about %s %s".formatted(run.id(), run.key(), what));
  }

  /** What is wrong with a wait, if it may hear {@code answer} and no other. */
  private Optional<String> problem(Seen.Wait wait, Optional<Seen.Answer> answer) {
    if (wait.endedAtMillis().isEmpty()) {
      return Optional.of("has neither heard an answer nor timed out");
    }
    var ended = wait.endedAtMillis().getAsLong();
    var possible = answer.filter(a -> a.receivedAtMillis() < wait.untilMillis());
    return wait.matched().isPresent()
        ? matched(wait, ended, possible)
        : timedOut(wait, ended, possible);
  }

  private Optional<String> matched(Seen.Wait wait, long ended, Optional<Seen.Answer> possible) {
    matched++;
    if (!wait.matched().equals(possible.map(Seen.Answer::key))) {
      return Optional.of("heard what is not for it");
    }
    var received = possible.orElseThrow().receivedAtMillis();
    if (received < wait.sinceMillis()) {
      eitherWay++;
    } else if (received >= wait.startedAtMillis()) {
      latencies.add(ended - received);
    }
    return ended < received ? Optional.of("heard its answer too early") : Optional.empty();
  }

  private Optional<String> timedOut(Seen.Wait wait, long ended, Optional<Seen.Answer> possible) {
    timedOut++;
    delays.add(ended - wait.untilMillis());
    if (ended < wait.untilMillis()) {
      return Optional.of("timed out too early");
    }
    return possible
        .filter(answer -> answer.receivedAtMillis() >= wait.sinceMillis())
        .map(missed -> "did not hear " + missed);
  }
}
