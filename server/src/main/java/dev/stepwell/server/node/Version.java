package dev.stepwell.server.node;

import java.util.Optional;

/** Which version this is. */
public final class Version {

  private Version() {}

  /** As the jar says; {@code development} when the classes do not come from a jar. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
