package dev.stepwell.testkit.crash;

import dev.stepwell.Concurrency;
import dev.stepwell.DurableFunction;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An engine, and the store that outlives it, on which one tale is told again and again. For one
 * thread, but for what the code of functions asks.
 */
final class Stage implements AutoCloseable {

  /** Why runs are cancelled that cancel themselves. */
  static final String BY_ITSELF = "by itself";

  /** What is over is deleted after so long. */
  private static final Duration KEPT = Duration.ofDays(1);

  private static final int PARTITIONS = 2;

  private final Tale tale;
  private final Stored stored;
  private final Map<String, Integer> limits = new HashMap<>();
  private final TestEngine engine;
  private volatile Ledger ledger = new Ledger();
  private volatile Injector injector = new Injector(() -> Instant.EPOCH, ledger, List.of());

  Stage(Tale tale, Store store) {
    this.tale = tale;
    this.stored = new Stored(store, PARTITIONS);
    var functions = tale.cast().of(this);
    for (var function : functions) {
      var spec = function.spec();
      spec.concurrency().map(Concurrency::limit).ifPresent(limit -> limits.put(spec.name(), limit));
    }
    this.engine =
        TestSetup.of(functions.toArray(DurableFunction<?, ?>[]::new))
            .store(store)
            .config(
                "stepwell.engine { partitions = %d, retention = %dh }"
                    .formatted(PARTITIONS, KEPT.toHours()))
            .start();
  }

  /**
   * Tells the tale to its end, and on until all of it is deleted.
   *
   * @param crashes on the way, in their order
   * @return at which points it has come by
   * @throws AssertionError if anything is not as it must be
   */
  Injector tell(List<Crash> crashes) {
    try {
      ledger = new Ledger();
      injector = new Injector(engine::now, ledger, crashes);
      engine.crashBy(injector);
      tell(new Audit(tale, engine, stored, ledger, injector.scene()), crashes);
      return injector;
    } catch (AssertionError e) {
      throw new AssertionError(tale + ", " + crashes + ": " + e.getMessage(), e);
    }
  }

  private void tell(Audit audit, List<Crash> crashes) {
    tale.begins().play(engine);
    audit.requireLifeToBeAsStored();
    engine.advance(Duration.ofMinutes(10));
    audit.requireLifeToBeAsStored();
    tale.goesOn().play(engine);
    audit.requireLifeToBeAsStored();
    engine.advance(Duration.ofHours(3));
    var late = crashes.stream().anyMatch(crash -> crash.downFor().isPositive());
    audit.requireAllToBeWell(limits, late);
    engine.advance(KEPT.plusHours(2));
    audit.requireNothingToBeLeft();
  }

  Ledger ledger() {
    return ledger;
  }

  long millis() {
    return engine.now().toEpochMilli();
  }

  /** Cancels a run; returns when that is stored, or the process has ended. For a step's code. */
  void cancel(Ulid run) {
    var end = injector.end();
    var cancelled = engine.engine().cancel(run, BY_ITSELF).toCompletableFuture();
    CompletableFuture.anyOf(cancelled, end).join();
  }

  @Override
  public void close() {
    engine.close();
  }
}
