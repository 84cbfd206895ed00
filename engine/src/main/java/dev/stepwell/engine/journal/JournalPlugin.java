package dev.stepwell.engine.journal;

import dev.stepwell.engine.port.Journal;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentRepr;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Pekko's journal, on our port. Its payloads are bytes already: see {@link
 * dev.stepwell.engine.fact.FactAdapter}.
 *
 * <p>It speaks the journal's protocol itself instead of extending {@code AsyncWriteJournal}: order
 * for each id is kept because an actor has one write under way at a time, batches are the store's,
 * and the store's failures are answered as such, so its futures, breaker and resequencer would be
 * work without a use, several times for each run.
 */
public final class JournalPlugin extends AbstractActor {

  private final Journal journal = StoreSetup.of(context().system()).journal();

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(JournalProtocol.WriteMessages.class, this::write)
        .match(JournalProtocol.ReplayMessages.class, this::replay)
        .match(JournalProtocol.DeleteMessagesTo.class, this::delete)
        .build();
  }

  private void write(JournalProtocol.WriteMessages request) {
    var asker = request.persistentActor();
    var instance = request.actorInstanceId();
    for (var message : CollectionConverters.asJava(request.messages())) {
      if (message instanceof AtomicWrite write) {
        append(write, asker, instance);
      } else {
        throw new IllegalArgumentException("only facts are written, not " + message);
      }
    }
  }

  private void append(AtomicWrite write, ActorRef asker, int instance) {
    var reprs = CollectionConverters.asJava(write.payload());
    var facts = new ArrayList<byte[]>(reprs.size());
    for (var repr : reprs) {
      facts.add((byte[]) repr.payload());
    }
    var _ =
        journal
            .append(write.persistenceId(), write.lowestSequenceNr(), facts)
            .whenComplete((_, failure) -> answer(reprs, asker, instance, failure));
  }

  private static void answer(
      List<PersistentRepr> reprs, ActorRef asker, int instance, @Nullable Throwable failure) {
    for (var repr : reprs) {
      asker.tell(
          failure == null
              ? new JournalProtocol.WriteMessageSuccess(repr, instance)
              : new JournalProtocol.WriteMessageFailure(repr, failure, instance),
          ActorRef.noSender());
    }
  }

  private void replay(JournalProtocol.ReplayMessages request) {
    var asker = request.persistentActor();
    if (request.toSequenceNr() == 0) {
      // Whoever asks so knows that nothing is stored: see Beginning.
      asker.tell(new JournalProtocol.RecoverySuccess(0), ActorRef.noSender());
      return;
    }
    var id = request.persistenceId();
    var _ =
        journal
            .replay(
                id,
                request.fromSequenceNr(),
                request.toSequenceNr(),
                request.max(),
                entry ->
                    asker.tell(
                        new JournalProtocol.ReplayedMessage(repr(id, entry)), ActorRef.noSender()))
            .whenComplete((highest, failure) ->
                asker.tell(
                    failure == null
                        ? new JournalProtocol.RecoverySuccess(highest)
                        : new JournalProtocol.ReplayMessagesFailure(failure),
                    ActorRef.noSender()));
  }

  private static PersistentRepr repr(String persistenceId, Journal.Entry entry) {
    return PersistentRepr.apply(
        entry.fact(),
        entry.sequenceNr(),
        persistenceId,
        PersistentRepr.Undefined(),
        false,
        ActorRef.noSender(),
        PersistentRepr.Undefined());
  }

  private void delete(JournalProtocol.DeleteMessagesTo request) {
    var to = request.toSequenceNr();
    var _ =
        journal
            .deleteTo(request.persistenceId(), to)
            .whenComplete((_, failure) ->
                request
                    .persistentActor()
                    .tell(
                        failure == null
                            ? new DeleteMessagesSuccess(to)
                            : new DeleteMessagesFailure(failure, to),
                        ActorRef.noSender()));
  }
}
