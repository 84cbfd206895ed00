package dev.stepwell.server.race;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a node says about runs and events. All instants are Unix milliseconds of its clock. */
final class Seen {
  private Seen() {}

  /** An answer that was accepted. */
  record Answer(String key, long receivedAtMillis) {}

  /**
   * A run.
   *
   * @param waits in the order in which they began
   * @param notes what its code has noted down, note by note: of each wait, what it has heard
   */
  record Run(String id, String key, boolean completed, List<Wait> waits, List<List<String>> notes) {
    Run {
      waits = List.copyOf(waits);
      notes = List.copyOf(notes);
    }
  }

  /**
   * A wait.
   *
   * @param sinceMillis an answer from before then need not be heard
   * @param untilMillis an answer from then on must not be heard
   * @param matched the key of the answer that it was given
   * @param endedAtMillis when it was matched or timed out; empty if it was neither
   */
  record Wait(
      String step,
      long sinceMillis,
      long startedAtMillis,
      long untilMillis,
      Optional<String> matched,
      OptionalLong endedAtMillis) {}
}
