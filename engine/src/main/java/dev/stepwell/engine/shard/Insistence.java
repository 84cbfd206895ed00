package dev.stepwell.engine.shard;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContextExecutor;

/**
 * The questions of a node that have no answer yet. A message that is on its way while its receiver
 * moves or dies is lost, and whoever asked would wait in vain: so each is sent again when members
 * have come or gone, and every few seconds. A node without others has no message that gets lost.
 * For use from any thread.
 */
final class Insistence {

  private static final Duration PAUSE = Duration.ofSeconds(3);

  // Sending again is no work.
  private static final ExecutionContextExecutor ON_THE_SCHEDULERS_THREAD =
      ExecutionContexts.fromExecutor(Runnable::run);

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final Set<Question<?>> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean awake = new AtomicBoolean();

  Insistence(ActorSystem<?> system) {
    this.system = system;
    this.cluster = Cluster.get(system);
  }

  /** A question that is about to be asked. */
  <M> Question<M> question(ActorRef<M> receiver) {
    return new Question<>(receiver);
  }

  /** Sends again at once what has no answer. */
  void hurry() {
    open.forEach(Question::again);
  }

  private void stayAwake() {
    if (awake.compareAndSet(false, true)) {
      system.scheduler().scheduleOnce(PAUSE, this::look, ON_THE_SCHEDULERS_THREAD);
    }
  }

  private void look() {
    awake.set(false);
    var alone = cluster.state().members().size() <= 1;
    for (var question : open) {
      if (!alone && question.seen) {
        question.again();
      }
      question.seen = true;
    }
    if (!open.isEmpty()) {
      stayAwake();
    }
  }

  final class Question<M> {
    private final ActorRef<M> receiver;
    private volatile @Nullable M message;

    /** Whether it has been open for a while. */
    private volatile boolean seen;

    private Question(ActorRef<M> receiver) {
      this.receiver = receiver;
    }

    /** The same message, which is about to be sent. */
    M asked(M sent) {
      message = sent;
      open.add(this);
      stayAwake();
      return sent;
    }

    void answered() {
      open.remove(this);
    }

    private void again() {
      var sent = message;
      if (sent != null) {
        receiver.tell(sent);
      }
    }
  }
}
