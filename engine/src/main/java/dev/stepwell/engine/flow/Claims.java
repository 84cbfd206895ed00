package dev.stepwell.engine.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of one node to slots, and what to say to keep them. A slot is believed to be held for
 * a lease from when the granted request was sent, less a tenth for clocks that do not run alike;
 * every third of a lease the request is sent again.
 *
 * @param <W> who wants a slot, each equal to itself only
 */
final class Claims<W> {

  /** To be sent to the slots of a key; may be lost. */
  sealed interface Send {
    String slotId();

    String holder();

    /** Asks for a slot, or to keep it. */
    record Ask(
        String slotId, String holder, long order, int limit, boolean holds, long askedAtMillis)
        implements Send {}

    record Release(String slotId, String holder) implements Send {}
  }

  /**
   * What follows.
   *
   * @param held who has got a slot
   * @param lost who had a slot and must not rely on it any more; it is claimed anew
   */
  record Outcome<W>(List<Send> sends, List<W> held, List<W> lost) {}

  private record Claim<W>(
      W who,
      String slotId,
      String label,
      String holder,
      long order,
      int limit,
      Optional<Instant> heldUntil) {

    Claim<W> heldUntil(Instant until) {
      return new Claim<>(who, slotId, label, holder, order, limit, Optional.of(until));
    }

    Claim<W> anew(String newHolder) {
      return new Claim<>(who, slotId, label, newHolder, order, limit, Optional.empty());
    }

    Send ask(Instant now) {
      return new Send.Ask(slotId, holder, order, limit, heldUntil.isPresent(), now.toEpochMilli());
    }

    boolean isLost(Instant now) {
      return heldUntil.filter(until -> !now.isBefore(until)).isPresent();
    }
  }

  private final String node;
  private final Duration believed;
  private final Duration beat;
  private final Map<W, Claim<W>> byWho = new HashMap<>();
  private final Map<String, W> byHolder = new HashMap<>();
  private long claims;
  private Instant beatAt = Instant.MAX;
  private Instant passAt = Instant.MAX;

  /**
   * Nothing is claimed.
   *
   * @param node no other life of any node has the same
   */
  Claims(String node, Duration lease) {
    this.node = node;
    this.believed = lease.multipliedBy(9).dividedBy(10);
    this.beat = lease.dividedBy(3);
  }

  /**
   * Claims a slot.
   *
   * @param label tells people who it is
   */
  Outcome<W> want(W who, String slotId, String label, long order, int limit, Instant now) {
    if (byWho.isEmpty()) {
      beatAt = now.plus(beat);
      passAt = beatAt;
    }
    var claim = new Claim<>(who, slotId, label, newHolder(label), order, limit, Optional.empty());
    keep(claim);
    return sends(List.of(claim.ask(now)));
  }

  /** Gives a slot back, or does not want it any more. */
  Outcome<W> drop(W who) {
    var claim = byWho.remove(who);
    if (claim == null) {
      return sends(List.of());
    }
    byHolder.remove(claim.holder());
    return sends(List.of(new Send.Release(claim.slotId(), claim.holder())));
  }

  /** An answer has come. */
  Outcome<W> granted(String slotId, String holder, long askedAtMillis, Instant now) {
    var who = byHolder.get(holder);
    if (who == null) {
      return sends(List.of(new Send.Release(slotId, holder)));
    }
    var claim = byWho.get(who);
    var until = Instant.ofEpochMilli(askedAtMillis).plus(believed);
    // Once the lease has run out somebody else may have the slot, whatever an answer says.
    if (claim == null || claim.isLost(now) || !now.isBefore(until)) {
      return sends(List.of());
    }
    passAt = earlier(passAt, until);
    var before = claim.heldUntil();
    keep(claim.heldUntil(before.filter(until::isBefore).orElse(until)));
    return new Outcome<>(List.of(), before.isPresent() ? List.of() : List.of(who), List.of());
  }

  /** Time has gone by. */
  Outcome<W> pass(Instant now) {
    var beats = !now.isBefore(beatAt);
    if (beats) {
      beatAt = now.plus(beat);
    }
    passAt = beatAt;
    var sends = new ArrayList<Send>();
    var lost = new ArrayList<W>();
    for (var claim : List.copyOf(byWho.values())) {
      if (claim.isLost(now)) {
        lost.add(claim.who());
        sends.addAll(claimAnew(claim, now));
      } else {
        passAt = earlier(passAt, claim.heldUntil().orElse(passAt));
        if (beats) {
          sends.add(claim.ask(now));
        }
      }
    }
    return new Outcome<>(sends, List.of(), lost);
  }

  /** When to call {@link #pass} next. */
  Optional<Instant> passAt() {
    return byWho.isEmpty() ? Optional.empty() : Optional.of(passAt);
  }

  /** Whether a slot is believed to be held. */
  boolean holds(W who, Instant now) {
    var claim = byWho.get(who);
    return claim != null && claim.heldUntil().isPresent() && !claim.isLost(now);
  }

  private List<Send> claimAnew(Claim<W> claim, Instant now) {
    byHolder.remove(claim.holder());
    var anew = claim.anew(newHolder(claim.label()));
    keep(anew);
    return List.of(new Send.Release(claim.slotId(), claim.holder()), anew.ask(now));
  }

  private void keep(Claim<W> claim) {
    byWho.put(claim.who(), claim);
    byHolder.put(claim.holder(), claim.who());
  }

  private String newHolder(String label) {
    claims++;
    return node + "-" + claims + "/" + label;
  }

  private static <W> Outcome<W> sends(List<Send> sends) {
    return new Outcome<>(sends, List.of(), List.of());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
