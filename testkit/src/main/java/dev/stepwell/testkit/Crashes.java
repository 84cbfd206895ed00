package dev.stepwell.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the process is to end, as the test has said; and how often its store was written to. */
final class Crashes {

  private final List<Predicate<Moment>> once = new ArrayList<>();
  private CrashPlan plan = _ -> Optional.empty();
  private int writes;

  synchronized void by(CrashPlan newPlan) {
    plan = newPlan;
  }

  synchronized void beforeStep(String step) {
    once.add(moment -> moment instanceof Moment.StepBegins(_, var begins) && begins.equals(step));
  }

  synchronized void afterStep(String step) {
    once.add(moment -> moment instanceof Moment.StepEnds(_, var ends) && ends.equals(step));
  }

  /** Ends the process instead of the {@code count}th write from now on, which is not made. */
  synchronized void beforeWrite(int count) {
    once.add(
        nth(
            count,
            moment ->
                moment instanceof Moment.Before(var call) && call instanceof StoreCall.Write));
  }

  /** Ends the process when the {@code count}th write from now on has been made. */
  synchronized void afterWrite(int count) {
    once.add(
        nth(
            count,
            moment -> moment instanceof Moment.After(var call) && call instanceof StoreCall.Write));
  }

  private static Predicate<Moment> nth(int count, Predicate<Moment> what) {
    var seen = new int[1];
    return moment -> what.test(moment) && ++seen[0] == count;
  }

  synchronized int writes() {
    return writes;
  }

  /** Shuts {@code gate} if its life ends at this moment, and says whether it has ended. */
  synchronized boolean endsAt(Gate gate, Moment moment) {
    if (gate.isShut()) {
      return true;
    }
    if (moment instanceof Moment.Before(var call) && call instanceof StoreCall.Write) {
      writes++;
    }
    var downFor = plan.downFor(moment);
    if (takeOnce(moment) && downFor.isEmpty()) {
      downFor = Optional.of(Duration.ZERO);
    }
    downFor.ifPresent(gate::shut);
    return downFor.isPresent();
  }

  /** All of them look, because they count. */
  private boolean takeOnce(Moment moment) {
    var ends = false;
    for (Iterator<Predicate<Moment>> each = once.iterator(); each.hasNext(); ) {
      if (each.next().test(moment)) {
        each.remove();
        ends = true;
      }
    }
    return ends;
  }
}
