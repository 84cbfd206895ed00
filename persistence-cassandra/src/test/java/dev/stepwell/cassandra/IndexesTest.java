package dev.stepwell.cassandra;

import dev.stepwell.engine.port.Store;
import dev.stepwell.testkit.contract.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class IndexesTest extends StoreContract {

  private final Indexes indexes = new Indexes();

  @AfterAll
  void closeIndexes() {
    indexes.close();
  }

  @Override
  protected Store open() {
    return indexes.open();
  }

  @Override
  protected Store reopen() {
    return indexes.reopen();
  }
}
