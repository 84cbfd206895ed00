package dev.stepwell.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.port.Shard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardLeaseTest {

  @Test
  void theShardIsInTheNameThatShardingGivesToItsLease() {
    assertThat(ShardLease.shard("stepwell-shard-run-12", "stepwell"))
        .isEqualTo(new Shard("run", 12));
    assertThat(ShardLease.shard("a-b-shard-event-log-3", "a-b"))
        .isEqualTo(new Shard("event-log", 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepwell-singleton-x", "stepwell-shard-12", "other-shard-run-1"})
  void anotherLeaseIsRefused(String name) {
    assertThatThrownBy(() -> ShardLease.shard(name, "stepwell"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
