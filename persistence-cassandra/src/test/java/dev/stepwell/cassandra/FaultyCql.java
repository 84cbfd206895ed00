package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.cassandra.cql.Cql;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a process sees of a real Cassandra: answers may be missing, whatever has become of the
 * statement, and nothing comes or goes while the process is paused.
 */
final class FaultyCql implements Cql {

  /** What becomes of a statement. */
  enum Fate {
    WORKS,
    /** It is not executed, and there is no answer. */
    REQUEST_LOST,
    /** It is executed, and there is no answer. */
    ANSWER_LOST,
    /** There is no answer, and it is executed when {@link #arrive} says so. */
    LATE
  }

  private final Cql real;
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final List<Runnable> late = new ArrayList<>();
  private Predicate<Statement<?>> writes = _ -> false;
  private @Nullable List<Runnable> held;

  FaultyCql(Cql real) {
    this.real = real;
  }

  /** Which statements have fates. */
  void meaning(Predicate<Statement<?>> statements) {
    writes = statements;
  }

  /** The next of those statements fare so, one after the other; those behind them work. */
  synchronized void next(Fate... next) {
    fates.addAll(List.of(next));
  }

  /** Executes what is late. */
  CompletionStage<?> arrive() {
    List<Runnable> arriving;
    synchronized (this) {
      arriving = List.copyOf(late);
      late.clear();
    }
    return CompletableFuture.runAsync(() -> arriving.forEach(Runnable::run));
  }

  /** From now on nothing goes out, and no answer comes in. */
  synchronized void pause() {
    held = new ArrayList<>();
  }

  /** All that was held up goes on. */
  void resume() {
    List<Runnable> going;
    synchronized (this) {
      going = held == null ? List.of() : held;
      held = null;
    }
    going.forEach(Runnable::run);
  }

  /** Does something now, or when the process is paused no more. */
  private void whenAwake(Runnable work) {
    synchronized (this) {
      if (held != null) {
        held.add(work);
        return;
      }
    }
    work.run();
  }

  @Override
  public PreparedStatement prepareIdempotent(String cql) {
    return real.prepareIdempotent(cql);
  }

  @Override
  public PreparedStatement prepareOnce(String cql) {
    return real.prepareOnce(cql);
  }

  @Override
  public CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
    var answer = new CompletableFuture<AsyncResultSet>();
    whenAwake(() -> execute(statement, answer));
    return answer;
  }

  private void execute(Statement<?> statement, CompletableFuture<AsyncResultSet> answer) {
    switch (fate(statement)) {
      case WORKS -> {
        var _ =
            real.execute(statement)
                .whenComplete((result, failure) ->
                    whenAwake(() -> {
                      if (failure == null) {
                        answer.complete(result);
                      } else {
                        answer.completeExceptionally(failure);
                      }
                    }));
      }
      case REQUEST_LOST -> answer.completeExceptionally(lost());
      case ANSWER_LOST -> {
        var _ =
            real.execute(statement)
                .whenComplete((_, _) -> whenAwake(() -> answer.completeExceptionally(lost())));
      }
      case LATE -> {
        synchronized (this) {
          late.add(() -> real.execute(statement).toCompletableFuture().join());
        }
        answer.completeExceptionally(lost());
      }
    }
  }

  private synchronized Fate fate(Statement<?> statement) {
    var fate = writes.test(statement) ? fates.poll() : Fate.WORKS;
    return fate == null ? Fate.WORKS : fate;
  }

  private static DriverTimeoutException lost() {
    return new DriverTimeoutException("no answer, says the test");
  }
}
