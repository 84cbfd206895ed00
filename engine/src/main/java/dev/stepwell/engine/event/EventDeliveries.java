package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wakeup.Outstanding;
import dev.stepwell.engine.wire.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What one partition hands to runs and waits, until they have settled. So that a burst of events
 * does not start everything at once, only so many deliveries may be young at a time: answered or
 * repeated since. What takes longer than that holds nobody up.
 */
final class EventDeliveries {

  static final int YOUNG_MAX = 512;

  /** Something to deliver for an event. */
  private static final class Delivery {
    private final Entry entry;
    private final Runnable settled;
    private final To to;

    private boolean old;

    private Delivery(Entry entry, To to, Runnable settled) {
      this.entry = entry;
      this.to = to;
      this.settled = settled;
    }

    private void deliver(long token, ActorRef<Answer> replyTo) {
      to.deliver(entry.event(), token, replyTo);
    }
  }

  /** Whom to deliver to. */
  private interface To {
    void deliver(Event event, long token, ActorRef<Answer> replyTo);
  }

  private final EventLogSurroundings surroundings;
  private final ActorRef<Answer> answers;
  private Outstanding<Delivery> outstanding = new Outstanding<>();
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private int young;

  EventDeliveries(EventLogSurroundings surroundings, ActorRef<Answer> answers) {
    this.surroundings = surroundings;
    this.answers = answers;
  }

  /**
   * Starts the runs of an event.
   *
   * @param settled run once for each of them
   */
  void start(Entry entry, Runnable settled) {
    for (var function : entry.functions()) {
      var runId = entry.event().id().derive(function);
      waiting.add(
          new Delivery(
              entry,
              (event, token, replyTo) ->
                  surroundings.starter().start(runId, function, event, token, replyTo),
              settled));
    }
  }

  /**
   * Offers an event to waits.
   *
   * @param settled run once for each of their partitions
   */
  void offer(Entry entry, Set<Integer> partitions, Runnable settled) {
    for (var partition : partitions) {
      waiting.add(
          new Delivery(
              entry,
              (event, token, replyTo) ->
                  surroundings
                      .shards()
                      .tell(
                          Waits.KIND,
                          Integer.toString(partition),
                          new Waits.Offer(event, token, replyTo)),
              settled));
    }
  }

  void deliver() {
    var now = surroundings.time().instant();
    while (!waiting.isEmpty() && young < YOUNG_MAX) {
      var delivery = waiting.remove();
      young++;
      delivery.deliver(outstanding.add(delivery, now), answers);
    }
  }

  void answered(Answer answer) {
    switch (answer) {
      case Answer.Accepted _ -> {}
      // Nobody declines an event: it is either used or not.
      case Answer.Settled _, Answer.Declined _, Answer.TooLate _ ->
          outstanding
              .settled(answer.token())
              .ifPresent(delivery -> {
                grow(delivery);
                delivery.settled.run();
              });
    }
  }

  void repeat() {
    outstanding.repeat(
        surroundings.time().instant(),
        (delivery, token) -> {
          grow(delivery);
          delivery.deliver(token, answers);
        });
  }

  void hurry() {
    outstanding.hurry(surroundings.time().instant());
    repeat();
  }

  /** Forgets everything; answers that are still on their way name nothing any more. */
  void reset() {
    outstanding = new Outstanding<>();
    waiting.clear();
    young = 0;
  }

  boolean isEmpty() {
    return outstanding.isEmpty() && waiting.isEmpty();
  }

  private void grow(Delivery delivery) {
    if (!delivery.old) {
      delivery.old = true;
      young--;
    }
  }
}
