package dev.stepwell.engine.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that follow from names: SDKs want UUIDs for what is named here. */
public final class Uuids {

  private Uuids() {}

  /** The UUID of a name, such as a function's id or an app's name: the same on every node. */
  public static UUID of(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
