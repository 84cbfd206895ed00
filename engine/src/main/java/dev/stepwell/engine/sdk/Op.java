package dev.stepwell.engine.sdk;

import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that an app wants to be done or remembered.
 *
 * @param kind in lower case: SDKs do not agree on more
 * @param step under what name the run keeps it
 * @param label what the SDK calls it beside that; some put an argument there
 * @param opts what is to be done, by name; what is null is not there
 * @param data a result
 */
record Op(
    String kind,
    String step,
    String label,
    Map<String, Json> opts,
    Optional<Json> data,
    Optional<Json> error) {

  /**
   * Reads one.
   *
   * @throws IOException if it is not JSON, or not what it should be; the message says what
   */
  static Op read(Json json) throws IOException {
    if (!JsonSlices.isObject(json)) {
      throw new IOException("an op is an object");
    }
    var members = JsonSlices.members(json);
    var kind = text(members, "op").orElseThrow(() -> new IOException("an op without a kind"));
    var id = text(members, "id").orElse("");
    var label = text(members, "name").orElse("");
    return new Op(
        kind.toLowerCase(Locale.ROOT),
        StepKeys.name(id, candidates(members, label)),
        label,
        JsonSlices.members(present(members, "opts").orElse(Json.EMPTY_OBJECT)),
        present(members, "data"),
        present(members, "error"));
  }

  /** What the step's author may have called it. */
  private static List<String> candidates(Map<String, Json> members, String label)
      throws IOException {
    var candidates = new ArrayList<String>(3);
    var userland = present(members, "userland");
    if (userland.isPresent()) {
      var own = JsonSlices.members(userland.get());
      var id = text(own, "id");
      if (id.isPresent()) {
        var index = own.containsKey("index") ? own.get("index").toString() : "0";
        candidates.add(id.get());
        candidates.add(id.get() + ":" + index);
      }
    }
    text(members, "displayName").ifPresent(candidates::add);
    candidates.add(label);
    return candidates;
  }

  Optional<String> textOpt(String name) throws IOException {
    return text(opts, name);
  }

  Optional<Json> opt(String name) {
    return present(opts, name);
  }

  private static Optional<String> text(Map<String, Json> members, String name) throws IOException {
    var value = present(members, name);
    return value.isPresent() ? JsonSlices.text(value.get()) : Optional.empty();
  }

  private static Optional<Json> present(Map<String, Json> members, String name) {
    return Optional.ofNullable(members.get(name)).filter(value -> !value.equals(Json.NULL));
  }
}
