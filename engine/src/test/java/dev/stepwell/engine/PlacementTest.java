package dev.stepwell.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.wire.Ulid;
import org.junit.jupiter.api.Test;

class PlacementTest {

  private final Placement placement = new Placement(32);

  @Test
  void aPersistenceIdIsInTheShardOfItsActor() {
    var run = Ulid.of(1_767_268_800_000L, 7, 7);
    assertThat(placement.apply(RunEntity.persistenceId(run)))
        .isEqualTo(new Shard("run", RunEntity.KIND.shard(run.toString(), 32)));
    assertThat(placement.apply("event-log|17")).isEqualTo(new Shard("event-log", 17));
    assertThat(placement.apply("waits|3")).isEqualTo(new Shard("waits", 3));
    assertThat(placement.apply("wait-paths|a|b").kind()).isEqualTo("wait-paths");
    assertThat(placement.apply("slots|f").kind()).isEqualTo("slots");
    assertThat(placement.apply("registry").kind()).isEqualTo("registry");
  }

  @Test
  void anIdThatNoActorHasIsRefused() {
    assertThatThrownBy(() -> placement.apply("nobody|1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'nobody|1'");
  }
}
