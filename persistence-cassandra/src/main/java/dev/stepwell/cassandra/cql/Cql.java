package dev.stepwell.cassandra.cql;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.CompletionStage;

/** Somebody who sends statements to a keyspace. Safe for use by many threads. */
public interface Cql {

  /** A statement that may be sent again when its outcome is unknown: it does the same once more. */
  PreparedStatement prepareIdempotent(String cql);

  /** A statement that is sent once: a lightweight transaction, which could find its own effect. */
  PreparedStatement prepareOnce(String cql);

  /** Sends a statement. A batch counts as one. */
  CompletionStage<AsyncResultSet> execute(Statement<?> statement);
}
