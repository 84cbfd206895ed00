package dev.stepwell.cassandra;

import dev.stepwell.engine.port.Store;
import dev.stepwell.testkit.contract.EventIndexContract;
import dev.stepwell.testkit.contract.RunIndexContract;
import dev.stepwell.testkit.contract.TimerStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** The contracts of the ports, one keyspace for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class CassandraContractTest {

  private final Indexes indexes = new Indexes();

  @AfterAll
  void close() {
    indexes.close();
  }

  @Nested
  class Timers extends TimerStoreContract {
    @Override
    protected Store open() {
      return indexes.open();
    }
  }

  @Nested
  class Runs extends RunIndexContract {
    @Override
    protected Store open() {
      return indexes.open();
    }
  }

  @Nested
  class Events extends EventIndexContract {
    @Override
    protected Store open() {
      return indexes.open();
    }
  }
}
