package dev.stepwell.engine.journal;

import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.wire.Codec;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal of an actor that lives for ever short: saves its state, then deletes all facts
 * that led to it, after so many of them and an hour after the first at the latest. Pekko's own way
 * goes by their number alone and keeps as many again: where little happens, what users have sent
 * would stay on disk for years. For the use of one actor.
 */
public final class Trimmer<S> {

  private static final Logger LOG = LoggerFactory.getLogger(Trimmer.class);
  private static final Duration WITHIN = Duration.ofHours(1);

  private final Journal journal;
  private final Time time;
  private final String persistenceId;
  private final Codec<S> codec;
  private final int factsMax;
  private final NextAlarm alarm;
  private int facts;
  private volatile boolean underWay;

  private Trimmer(
      Journal journal,
      Time time,
      String persistenceId,
      Codec<S> codec,
      int factsMax,
      Runnable ring) {
    this.journal = journal;
    this.time = time;
    this.persistenceId = persistenceId;
    this.codec = codec;
    this.factsMax = factsMax;
    this.alarm = new NextAlarm(time, ring);
  }

  /**
   * A trimmer for the actor with {@code persistenceId}.
   *
   * @param codec of its snapshots
   * @param factsMax after so many facts it saves its state
   * @param ring tells the actor to call {@link #rang}
   */
  public static <S> Trimmer<S> create(
      ActorSystem<?> system,
      Time time,
      String persistenceId,
      Codec<S> codec,
      int factsMax,
      Runnable ring) {
    var journal = StoreSetup.of(system.classicSystem()).journal();
    return new Trimmer<>(journal, time, persistenceId, codec, factsMax, ring);
  }

  /** A fact is applied: a new one, or one that is replayed. */
  public void applied() {
    facts++;
  }

  /** All facts applied so far are stored, and have led to {@code state}. */
  public void stored(S state, long sequenceNr) {
    if (facts >= factsMax) {
      trim(state, sequenceNr);
    } else if (facts > 0) {
      alarm.noLaterThan(time.instant().plus(WITHIN));
    }
  }

  /** The alarm has rung. */
  public void rang(S state, long sequenceNr) {
    alarm.rang();
    if (facts > 0) {
      trim(state, sequenceNr);
    }
  }

  /** The actor ends, or begins anew. */
  public void end() {
    alarm.cancel();
    facts = 0;
  }

  private void trim(S state, long sequenceNr) {
    if (underWay) {
      alarm.noLaterThan(time.instant().plus(WITHIN));
      return;
    }
    underWay = true;
    facts = 0;
    alarm.cancel();
    var snapshot = new Journal.Snapshot(sequenceNr, time.millis(), codec.encode(state));
    var _ =
        journal
            .saveSnapshot(persistenceId, snapshot)
            .thenCompose(_ -> journal.deleteTo(persistenceId, sequenceNr))
            .thenCompose(_ -> journal.deleteSnapshots(persistenceId, sequenceNr - 1))
            .whenComplete((_, failure) -> ended(failure));
  }

  private void ended(@Nullable Throwable failure) {
    underWay = false;
    if (failure != null && !StoreOverloadedException.isBehind(failure)) {
      LOG.warn("{}: old facts are not deleted for now", persistenceId, failure);
    }
  }
}
