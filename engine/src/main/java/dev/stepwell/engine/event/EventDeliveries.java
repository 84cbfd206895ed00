package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wakeup.Outstanding;
import dev.stepwell.engine.wire.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What one partition hands to runs and waits, until they have settled. So that a burst of events
 * does not start everything at once, only so many deliveries may be young at a time: answered or
 * repeated since. What takes longer than that holds nobody up.
 */
final class EventDeliveries {

  static final int YOUNG_MAX = 512;

  /** Something to deliver for an event. */
  static final class Delivery {
    private final Entry entry;
    private final Runnable settled;
    private final To to;
    private boolean old;

    Delivery(Entry entry, To to, Runnable settled) {
      this.entry = entry;
      this.to = to;
      this.settled = settled;
    }

    private void deliver(long token, ActorRef<Answer> replyTo) {
      to.deliver(entry.event(), token, replyTo);
    }
  }

  /** Whom to deliver to. */
  interface To {
    void deliver(Event event, long token, ActorRef<Answer> replyTo);
  }

  private final ActorRef<Answer> answers;
  private final Outstanding<Delivery> outstanding = new Outstanding<>();
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private int young;

  EventDeliveries(ActorRef<Answer> answers) {
    this.answers = answers;
  }

  void add(Delivery delivery) {
    waiting.add(delivery);
  }

  void deliver(Instant now) {
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
      case Answer.Settled _, Answer.Declined _ ->
          outstanding
              .settled(answer.token())
              .ifPresent(delivery -> {
                grow(delivery);
                delivery.settled.run();
              });
    }
  }

  void repeat(Instant now) {
    outstanding.repeat(
        now,
        (delivery, token) -> {
          grow(delivery);
          delivery.deliver(token, answers);
        });
  }

  void hurry(Instant now) {
    outstanding.hurry(now);
    repeat(now);
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
