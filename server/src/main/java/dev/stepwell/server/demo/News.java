package dev.stepwell.server.demo;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;

/** Something that whoever watches is told. */
sealed interface News {

  record Started(Ulid run, String function, Instant at) implements News {}

  record Step(String function, String step, String state, String detail, Instant at)
      implements News {}

  record Ended(Ulid run, String function, RunStatus status, Instant at) implements News {}

  /** The shop has done something outside. */
  record Said(String line) implements News {}
}
