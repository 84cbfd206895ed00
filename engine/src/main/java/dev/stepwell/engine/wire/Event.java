package dev.stepwell.engine.wire;

import java.util.Optional;

/**
 * What a user sent, as accepted.
 *
 * @param id given on arrival; what the sender gets back
 * @param userId the sender's own idempotency id: a second event with it, within 24 h, starts
 *     nothing
 * @param name 1 to 512 characters
 * @param tsMillis when the sender says that it happened; in the future, runs start then
 * @param receivedAtMillis when a node accepted it, by that node's clock
 * @param data an object
 * @param user an object, if the sender gave one
 * @param version the sender's schema version, if given
 */
public record Event(
    Ulid id,
    Optional<String> userId,
    String name,
    long tsMillis,
    long receivedAtMillis,
    Json data,
    Optional<Json> user,
    Optional<String> version) {

  /** The id by which users know the event: their own, else ours. */
  public String publicId() {
    return userId.orElseGet(id::toString);
  }

  /**
   * Whether an event, done with and forgotten by now, may have had the same id. Whoever makes ids
   * himself may send an event again, and so may a step after a crash: later than the id says. Of an
   * event that is accepted in its id's own millisecond there has been no earlier one.
   */
  public boolean mayHaveComeBefore() {
    return id.millis() != receivedAtMillis;
  }
}
