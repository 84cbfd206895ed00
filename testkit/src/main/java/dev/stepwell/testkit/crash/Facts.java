package dev.stepwell.testkit.crash;

import dev.stepwell.engine.event.EventLogCodec;
import dev.stepwell.engine.event.EventLogFact;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunFactCodec;
import dev.stepwell.engine.wait.WaitsFact;
import dev.stepwell.engine.wait.WaitsFactCodec;
import dev.stepwell.engine.wire.Codec;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.StoreCall;
import java.util.List;
import java.util.Optional;

/** Reads what the store is given to keep. */
final class Facts {
  private Facts() {}

  static final String RUN = "run|";
  static final String EVENT_LOG = "event-log|";
  static final String WAITS = "waits|";
  static final String WAIT_PATHS = "wait-paths|";
  static final String SLOTS = "slots|";

  /** The facts about a run among what is written; none if it is about something else. */
  static List<RunFact> ofRun(StoreCall call) {
    return of(call, RUN, RunFactCodec.INSTANCE);
  }

  static List<EventLogFact> ofEventLog(StoreCall call) {
    return of(call, EVENT_LOG, EventLogCodec.INSTANCE);
  }

  static List<WaitsFact> ofWaits(StoreCall call) {
    return of(call, WAITS, WaitsFactCodec.INSTANCE);
  }

  private static <F> List<F> of(StoreCall call, String prefix, Codec<F> codec) {
    return call instanceof StoreCall.Append(var id, var facts) && id.startsWith(prefix)
        ? facts.stream().map(codec::decode).toList()
        : List.of();
  }

  /** The run whose facts are kept under an id. */
  static Optional<Ulid> run(String persistenceId) {
    return persistenceId.startsWith(RUN)
        ? Optional.of(Ulid.parse(persistenceId.substring(RUN.length())))
        : Optional.empty();
  }

  /** The run whose facts are written, if there are any. */
  static Optional<Ulid> run(StoreCall call) {
    return call instanceof StoreCall.Append(var id, _) ? run(id) : Optional.empty();
  }
}
