package dev.stepwell.cassandra.cql;

import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends statements, some at a time, and is done when all have succeeded, or as the first fails. */
final class Sending {

  private static final int AT_ONCE = 32;

  private final Cql cql;
  private final Iterator<Statement<?>> rest;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int underWay;

  private Sending(Cql cql, List<Statement<?>> statements) {
    this.cql = cql;
    rest = statements.iterator();
  }

  static CompletionStage<Void> all(Cql cql, List<Statement<?>> statements) {
    var sending = new Sending(cql, statements);
    sending.goOn();
    return sending.done;
  }

  private void goOn() {
    while (true) {
      Statement<?> next;
      synchronized (this) {
        if (done.isDone() || underWay == AT_ONCE) {
          return;
        }
        if (!rest.hasNext()) {
          if (underWay == 0) {
            done.complete(null);
          }
          return;
        }
        next = rest.next();
        underWay++;
      }
      var _ = cql.execute(next).whenComplete((_, failure) -> ended(failure));
    }
  }

  private void ended(@Nullable Throwable failure) {
    synchronized (this) {
      underWay--;
    }
    if (failure != null) {
      done.completeExceptionally(failure);
    } else {
      goOn();
    }
  }
}
