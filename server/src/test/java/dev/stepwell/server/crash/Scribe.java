package dev.stepwell.server.crash;

import dev.stepwell.RetryAfterException;
import dev.stepwell.RunInfo;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the steps of one run do: a moment of work, and two lines in the ledger. */
final class Scribe {

  private static final long WORK_MAX_MILLIS = 20;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Set<String> FAILED_ONCE = ConcurrentHashMap.newKeySet();

  private final Ledger ledger;
  private final RunInfo run;
  private final String key;

  Scribe(Ledger ledger, RunInfo run, String key) {
    this.ledger = ledger;
    this.run = run;
    this.key = key;
  }

  /** A step that is given {@code seen} and returns a token like no other. */
  String step(String step, String seen) {
    return step(step, seen, ThreadLocalRandom.current().nextLong(WORK_MAX_MILLIS));
  }

  String step(String step, String seen, long workMillis) {
    write(step, LedgerLine.Mark.BEGIN, seen);
    return end(step, workMillis);
  }

  /** As {@link #step}, but it fails the first time in each life of the server. */
  String flakyStep(String step, String seen) {
    write(step, LedgerLine.Mark.BEGIN, seen);
    if (FAILED_ONCE.add(run.runId())) {
      write(step, LedgerLine.Mark.FAIL, "");
      throw new RetryAfterException("the first time", RETRY_AFTER);
    }
    return end(step, ThreadLocalRandom.current().nextLong(WORK_MAX_MILLIS));
  }

  private String end(String step, long workMillis) {
    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(workMillis);
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    var token = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
    write(step, LedgerLine.Mark.END, token);
    return token;
  }

  private void write(String step, LedgerLine.Mark mark, String token) {
    ledger.write(run.runId(), run.function(), key, step, mark, token);
  }
}
