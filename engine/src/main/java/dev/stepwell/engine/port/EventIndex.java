package dev.stepwell.engine.port;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The events that were accepted: to list, to look up, to recognise a repeat, and to look back. */
public interface EventIndex {

  /**
   * The value that an event has at a path, as waits are indexed by it.
   *
   * @param path such as {@code data.orderId}
   * @param value a JSON scalar in its shortest form
   */
  record Match(String path, String value) {}

  /**
   * One accepted event.
   *
   * @param functions that it started a run of; the run's id follows from event and function
   * @param repeatOf the earlier event with the same user id, if there was one in its time: this
   *     event then started nothing
   * @param matches its values at the paths by which somebody may wait for its name
   */
  record Row(Event event, List<String> functions, Optional<Ulid> repeatOf, List<Match> matches) {}

  /**
   * What to list, newest first by the instant of acceptance. Empty fields do not restrict.
   *
   * @param internal whether to list events of our own, named {@code inngest/...}
   * @param after the cursor of the page before
   * @param limit 1 to 1,000
   */
  record Query(
      Optional<String> name,
      boolean internal,
      OptionalLong receivedFromMillis,
      OptionalLong receivedUntilMillis,
      Optional<String> after,
      int limit) {}

  /**
   * Puts rows by event id; the same id again replaces the row. If the event has a user id and is no
   * repeat, the user id is remembered with it. Survives a crash of the process; may be lost with
   * the machine's power until a write elsewhere in the store, begun afterwards, is durable. Once
   * the stage has completed every method sees the rows.
   */
  CompletionStage<Void> put(List<Row> rows);

  /**
   * The same for rows of events that were never put before, which spares a store the look for what
   * they replace.
   */
  default CompletionStage<Void> add(List<Row> rows) {
    return put(rows);
  }

  CompletionStage<Optional<Row>> get(Ulid eventId);

  /**
   * Which of the users' ids were put with an event accepted at {@code sinceMillis} or later, and
   * the event's id: the newest one's if there are several. When that is deleted, an older one may
   * count or not. A store may forget an id a day after it was put.
   */
  CompletionStage<Map<String, Ulid>> seen(List<String> userIds, long sinceMillis);

  /**
   * A page of the list. A cursor from elsewhere fails the stage with {@link
   * IllegalArgumentException}.
   */
  CompletionStage<Page<Row>> list(Query query);

  /**
   * Events named {@code name} accepted from {@code fromMillis} (included) to {@code untilMillis}
   * (excluded), oldest first. With a match: only those that were put with it; this is a look-up by
   * index, whatever their number.
   *
   * @param limit events at most; whoever wants more asks again from the last one's instant on
   */
  CompletionStage<List<Event>> lookBack(
      String name, Optional<Match> match, long fromMillis, long untilMillis, int limit);

  /**
   * A page of the events accepted before {@code millis}, our own too, oldest first. It may end
   * before {@code limit}, so that a page of large events stays small enough for memory.
   */
  CompletionStage<Page<Row>> receivedBefore(long millis, Optional<String> after, int limit);

  /** Deletes rows and all that was remembered with them; may be made durable late. */
  CompletionStage<Void> delete(List<Row> rows);
}
