package dev.stepwell.engine.port;

import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The list of runs. Says what to show and what may be deleted; the truth about one run is with its
 * actor.
 */
public interface RunIndex {

  /**
   * A line in the list.
   *
   * @param endedAtMillis empty while the status is {@link RunStatus#RUNNING}
   */
  record Row(
      Ulid runId,
      String function,
      RunStatus status,
      Ulid eventId,
      String eventName,
      long startedAtMillis,
      OptionalLong endedAtMillis) {}

  /**
   * What to list, newest run id first. Empty fields do not restrict.
   *
   * @param fromMillis only runs whose id is of this instant or later
   * @param untilMillis only runs whose id is of an earlier instant
   * @param after the cursor of the page before
   * @param limit 1 to 1,000
   */
  record Query(
      Optional<String> function,
      Optional<RunStatus> status,
      OptionalLong fromMillis,
      OptionalLong untilMillis,
      Optional<String> after,
      int limit) {}

  /**
   * Puts rows by run id. A row of an ended run is never replaced by one of a running one; otherwise
   * the later put wins. Survives a crash of the process; may be lost with the machine's power until
   * a write elsewhere in the store, begun afterwards, is durable.
   */
  CompletionStage<Void> put(List<Row> rows);

  CompletionStage<Optional<Row>> get(Ulid runId);

  /**
   * A page of the list. A cursor from elsewhere fails the stage with {@link
   * IllegalArgumentException}.
   */
  CompletionStage<Page<Row>> list(Query query);

  /**
   * Runs that ended from {@code fromMillis} (included) to {@code untilMillis} (excluded), oldest
   * end first, {@code limit} at most.
   */
  CompletionStage<List<Row>> endedBetween(long fromMillis, long untilMillis, int limit);

  /** Deletes rows; may be made durable late. */
  CompletionStage<Void> delete(List<Row> rows);
}
