package dev.stepwell;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * An event to send, with more than its data: {@code OutgoingEvent.of(new
 * OrderPlaced(...)).id("order-17")}. Immutable.
 *
 * @param data a record with a {@link EventName} that does not begin with {@code inngest/}
 * @param id 1 to 255 characters; a second event with the same id within 24 hours is stored but
 *     starts nothing. Empty: the engine makes one that is the same however often the step is tried
 * @param ts when it happened, between 1980 and 2100; a future instant delays the runs it starts
 *     until then. Empty: now
 * @param user on whose behalf; a record of the author's own
 */
@CheckReturnValue
public record OutgoingEvent(
    Record data, Optional<String> id, Optional<Instant> ts, Optional<Record> user) {

  private static final int MAX_ID_CHARS = 255;
  private static final Instant EARLIEST = startOfYear(1980);
  private static final Instant LATEST = startOfYear(2100);

  public OutgoingEvent {
    Objects.requireNonNull(user);
    if (data instanceof OutgoingEvent) {
      throw new IllegalArgumentException("data is itself an OutgoingEvent");
    }
    var name = EventNames.of(data.getClass());
    if (EventNames.isReserved(name)) {
      throw new IllegalArgumentException("'" + name + "' is reserved and cannot be sent");
    }
    id.ifPresent(OutgoingEvent::requireId);
    ts.ifPresent(OutgoingEvent::requireTs);
  }

  /**
   * {@code data} with nothing set.
   *
   * @param data returned as it is if it is already an {@code OutgoingEvent}
   * @throws IllegalArgumentException if its class has no {@link EventName}, or a reserved one
   */
  public static OutgoingEvent of(Record data) {
    return data instanceof OutgoingEvent event
        ? event
        : new OutgoingEvent(data, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** This event under an id of the sender's own: {@code id} is 1 to 255 characters. */
  public OutgoingEvent id(String newId) {
    return new OutgoingEvent(data, Optional.of(newId), ts, user);
  }

  /** This event as of {@code newTs}, which is between 1980 and 2100 and may lie ahead. */
  public OutgoingEvent ts(Instant newTs) {
    return new OutgoingEvent(data, id, Optional.of(newTs), user);
  }

  /** This event on behalf of {@code newUser}. */
  public OutgoingEvent user(Record newUser) {
    return new OutgoingEvent(data, id, ts, Optional.of(newUser));
  }

  /** The name it travels under. */
  public String name() {
    return EventNames.of(data.getClass());
  }

  private static void requireId(String id) {
    if (id.isBlank()
        || id.length() > MAX_ID_CHARS
        || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
      throw new IllegalArgumentException(
          "an event id is 1 to " + MAX_ID_CHARS + " characters, was '" + id + "'");
    }
  }

  private static void requireTs(Instant ts) {
    if (ts.isBefore(EARLIEST) || !ts.isBefore(LATEST)) {
      throw new IllegalArgumentException("an event's ts is between 1980 and 2100, was " + ts);
    }
  }

  private static Instant startOfYear(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
