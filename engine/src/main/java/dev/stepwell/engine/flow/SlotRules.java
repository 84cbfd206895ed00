package dev.stepwell.engine.flow;

import static java.util.Objects.requireNonNull;

import dev.stepwell.engine.flow.SlotState.Claimant;
import dev.stepwell.engine.flow.SlotState.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides who gets a slot. What keeps the limit though messages are lost, late or doubled: a holder
 * counts its lease from when it asked, and here the same lease counts from when that was heard. So
 * whoever believes to hold a slot is counted as a holder.
 */
final class SlotRules {
  private SlotRules() {}

  /**
   * Somebody wants a slot, or wants to keep it.
   *
   * @param holder of one claim only: never used again once released or lost
   * @param order of the run: smaller goes first
   * @param holds whether it believes to hold the slot
   * @param askedAtMillis goes back with the grant
   */
  record Ask<R>(
      String holder, long order, int limit, boolean holds, long askedAtMillis, R replyTo) {}

  /** To be told to a holder. May be told again. */
  record Grant<R>(String holder, long askedAtMillis, R replyTo) {}

  record Decision<R>(SlotState<R> state, List<Grant<R>> grants) {}

  static <R> Decision<R> hear(SlotState<R> before, Ask<R> ask, Instant now, Duration lease) {
    var state = lapse(before, now).withLimit(ask.limit());
    var known = find(state, ask.holder());
    var claimant = heard(state, known, ask, now.plus(lease));
    if (state.holders().containsKey(ask.holder()) || isHolderFromBefore(state, ask, now)) {
      return grant(state.withHolder(claimant), now, List.of(answer(claimant)));
    }
    return grant(state.withWaiting(claimant), now, List.of());
  }

  static <R> Decision<R> release(SlotState<R> state, String holder, Instant now) {
    return pass(state.without(holder), now);
  }

  /** Time has gone by. */
  static <R> Decision<R> pass(SlotState<R> state, Instant now) {
    return grant(lapse(state, now), now, List.of());
  }

  /** It was granted its slot in an earlier life of this state, which nobody else can have then. */
  private static <R> boolean isHolderFromBefore(SlotState<R> state, Ask<R> ask, Instant now) {
    return ask.holds() && now.isBefore(state.grantsFrom());
  }

  private static <R> Optional<Claimant<R>> find(SlotState<R> state, String holder) {
    return Optional.ofNullable(state.holders().get(holder))
        .or(() -> Optional.ofNullable(state.waiting().get(holder)));
  }

  private static <R> Claimant<R> heard(
      SlotState<R> state, Optional<Claimant<R>> known, Ask<R> ask, Instant until) {
    var place =
        known
            .map(Claimant::place)
            .orElseGet(() -> new Place(ask.order(), state.arrivals() + 1, ask.holder()));
    return new Claimant<>(place, until, ask.askedAtMillis(), ask.replyTo());
  }

  private static <R> SlotState<R> lapse(SlotState<R> before, Instant now) {
    if (now.isBefore(before.lapseAt())) {
      return before;
    }
    var state = before;
    var lapseAt = Instant.MAX;
    for (var claimant : claimants(before).toList()) {
      if (!now.isBefore(claimant.until())) {
        state = state.without(claimant.place().holder());
      } else if (claimant.until().isBefore(lapseAt)) {
        lapseAt = claimant.until();
      }
    }
    return state.withLapseAt(lapseAt);
  }

  private static <R> Stream<Claimant<R>> claimants(SlotState<R> state) {
    return Stream.concat(state.holders().values().stream(), state.waiting().values().stream());
  }

  /** Gives what is free to those who wait. Their lease has run since they were heard of last. */
  private static <R> Decision<R> grant(SlotState<R> before, Instant now, List<Grant<R>> answers) {
    if (now.isBefore(before.grantsFrom())) {
      return new Decision<>(before, answers);
    }
    var state = before;
    var grants = new ArrayList<>(answers);
    while (state.holders().size() < state.limit() && !state.queue().isEmpty()) {
      var next = requireNonNull(state.waiting().get(state.queue().first().holder()));
      state = state.withHolder(next);
      grants.add(answer(next));
    }
    return new Decision<>(state, grants);
  }

  private static <R> Grant<R> answer(Claimant<R> claimant) {
    return new Grant<>(claimant.place().holder(), claimant.askedAtMillis(), claimant.replyTo());
  }
}
