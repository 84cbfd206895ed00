package dev.stepwell.engine.retention;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * One round of deleting. Blocks its thread. May end anywhere: the next round finds what is left,
 * because a run's facts go before its line in the list, and an event goes after its runs.
 */
final class Sweep {

  private static final int PAGE = 1_000;

  private final Journal journal;
  private final RunIndex runs;
  private final EventIndex events;
  private final long cutoffMillis;

  /**
   * A round that deletes what was over before an instant.
   *
   * @param cutoffMillis runs that ended, and events that were accepted, before this
   */
  Sweep(Store store, long cutoffMillis) {
    this.journal = store.journal();
    this.runs = store.runs();
    this.events = store.events();
    this.cutoffMillis = cutoffMillis;
  }

  /**
   * Deletes runs that ended, with their facts.
   *
   * @return how many
   */
  int runs() {
    var deleted = 0;
    while (true) {
      var page = await(runs.endedBefore(cutoffMillis, PAGE));
      if (page.isEmpty()) {
        return deleted;
      }
      await(journal.purge(page.stream().map(row -> RunEntity.persistenceId(row.runId())).toList()));
      await(runs.delete(page));
      deleted += page.size();
    }
  }

  /**
   * Deletes events that have no run any more.
   *
   * @return how many
   */
  int events() {
    var deleted = 0;
    var after = Optional.<String>empty();
    do {
      var page =
          await(
              events.list(
                  new EventIndex.Query(
                      Optional.empty(),
                      true,
                      OptionalLong.empty(),
                      OptionalLong.of(cutoffMillis),
                      after,
                      PAGE)));
      var over = page.items().stream().filter(this::isOver).toList();
      if (!over.isEmpty()) {
        await(events.delete(over));
        deleted += over.size();
      }
      after = page.next();
    } while (after.isPresent());
    return deleted;
  }

  private boolean isOver(EventIndex.Row event) {
    var ids = new ArrayList<Ulid>();
    event.functions().forEach(function -> ids.add(event.event().id().derive(function)));
    return event.event().tsMillis() < cutoffMillis && noneIsListed(ids);
  }

  private boolean noneIsListed(List<Ulid> ids) {
    for (var id : ids) {
      if (await(runs.get(id)).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
