package dev.stepwell.engine;

import dev.stepwell.engine.wire.Json;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event as a sender gives it.
 *
 * @param name 1 to 512 characters
 * @param data a JSON object
 * @param id the sender's idempotency id
 * @param tsMillis when it happened; absent means now, in the future means: start runs then
 * @param user a JSON object
 * @param version of the sender's schema
 */
public record NewEvent(
    String name,
    Json data,
    Optional<String> id,
    OptionalLong tsMillis,
    Optional<Json> user,
    Optional<String> version) {

  public static NewEvent of(String name, Json data) {
    return new NewEvent(
        name, data, Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
  }
}
