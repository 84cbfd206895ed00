package dev.stepwell.engine.journal;

import dev.stepwell.engine.port.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Pekko's journal, on our port. Its payloads are bytes already: see {@link
 * dev.stepwell.engine.fact.FactAdapter}.
 */
public final class JournalPlugin extends AsyncWriteJournal {

  private final Journal journal = StoreSetup.of(context().system()).journal();

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    var stages = new ArrayList<CompletableFuture<Void>>(1);
    for (var write : writes) {
      stages.add(append(write).toCompletableFuture());
    }
    var all =
        stages.size() == 1
            ? stages.getFirst()
            : CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new));
    return FutureConverters.asScala(all.thenApply(_ -> accepted(stages.size())));
  }

  private CompletionStage<Void> append(AtomicWrite write) {
    var payload = write.payload();
    var facts = new ArrayList<byte[]>(payload.size());
    for (var repr : CollectionConverters.asJava(payload)) {
      facts.add((byte[]) repr.payload());
    }
    return journal.append(write.persistenceId(), write.lowestSequenceNr(), facts);
  }

  private static Iterable<Optional<Exception>> accepted(int writes) {
    var results = new ArrayList<Optional<Exception>>(writes);
    for (var i = 0; i < writes; i++) {
      results.add(Optional.empty());
    }
    return List.copyOf(results);
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return FutureConverters.asScala(journal.deleteTo(persistenceId, toSequenceNr));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return FutureConverters.asScala(
        journal.replay(
            persistenceId, from, to, max, entry -> replay.accept(repr(persistenceId, entry))));
  }

  private static PersistentRepr repr(String persistenceId, Journal.Entry entry) {
    return PersistentRepr.apply(
        entry.fact(),
        entry.sequenceNr(),
        persistenceId,
        PersistentRepr.Undefined(),
        false,
        org.apache.pekko.actor.ActorRef.noSender(),
        PersistentRepr.Undefined());
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
    return FutureConverters.asScala(journal.highestSequenceNr(persistenceId));
  }
}
