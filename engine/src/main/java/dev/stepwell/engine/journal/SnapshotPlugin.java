package dev.stepwell.engine.journal;

import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.Journal.Snapshot;
import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Pekko's snapshot store, on our port. Its payloads are bytes already: see {@link
 * dev.stepwell.engine.fact.StateAdapter}.
 */
public final class SnapshotPlugin extends SnapshotStore {

  private final Journal journal = StoreSetup.of(context().system()).journal();

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        journal
            .loadSnapshot(persistenceId, criteria.maxSequenceNr())
            .thenApply(found -> found.map(snapshot -> selected(persistenceId, snapshot))));
  }

  private static SelectedSnapshot selected(String persistenceId, Snapshot snapshot) {
    return SelectedSnapshot.create(
        new SnapshotMetadata(persistenceId, snapshot.sequenceNr(), snapshot.savedAtMillis()),
        snapshot.state());
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return FutureConverters.asScala(
        journal.saveSnapshot(
            metadata.persistenceId(),
            new Snapshot(metadata.sequenceNr(), metadata.timestamp(), (byte[]) snapshot)));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return FutureConverters.asScala(
        journal.deleteSnapshots(metadata.persistenceId(), metadata.sequenceNr()));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        journal.deleteSnapshots(persistenceId, criteria.maxSequenceNr()));
  }
}
