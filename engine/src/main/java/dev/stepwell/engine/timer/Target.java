package dev.stepwell.engine.timer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.stepwell.engine.wire.Message;
import dev.stepwell.engine.wire.Ulid;

/** What a timer wakes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Target.OfRun.class, name = "run"),
  @JsonSubTypes.Type(value = Target.OfEvent.class, name = "event"),
  @JsonSubTypes.Type(value = Target.OfFunction.class, name = "function"),
  @JsonSubTypes.Type(value = Target.OfSlots.class, name = "slots")
})
public sealed interface Target extends Message {

  /** Names the target among all timers of one instant: at most 1,024 bytes. */
  String key();

  /** A well-mixed hash: what belongs together lies in one partition. */
  int spread();

  /** A step of a run: a sleep, a retry, the end of a wait. */
  record OfRun(Ulid run, String step) implements Target {
    @Override
    public String key() {
      return "r/" + run + "/" + Keys.bounded(step);
    }

    @Override
    public int spread() {
      return run.spread();
    }
  }

  /** An event whose time has not come yet. */
  record OfEvent(Ulid event) implements Target {
    @Override
    public String key() {
      return "e/" + event;
    }

    @Override
    public int spread() {
      return event.spread();
    }
  }

  /**
   * One tick of a function's schedule.
   *
   * @param cron the expression with its zone; names the schedule among those of the function
   * @param scheduledAtMillis the instant that the schedule says
   */
  record OfFunction(String function, String cron, long scheduledAtMillis) implements Target {
    @Override
    public String key() {
      // The length tells where the function ends, whatever characters it has.
      return "f/%d/%d/%s/%s"
          .formatted(
              scheduledAtMillis, function.length(), Keys.bounded(function), Keys.bounded(cron));
    }

    @Override
    public int spread() {
      return Keys.spread(function);
    }
  }

  /** The slots of one key, which are to be forgotten if nobody wants one any more. */
  record OfSlots(String slots) implements Target {
    @Override
    public String key() {
      return "s/" + Keys.bounded(slots);
    }

    @Override
    public int spread() {
      return Keys.spread(slots);
    }
  }
}
