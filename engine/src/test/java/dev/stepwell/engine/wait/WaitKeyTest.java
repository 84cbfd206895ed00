package dev.stepwell.engine.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Where a wait is kept. */
class WaitKeyTest {

  @Test
  void thePartitionOfAKeyNeverChanges() {
    assertThat(new WaitKey("order/paid", "data.orderId", "\"o-1\"").partition(32)).isEqualTo(2);
    assertThat(new WaitKey("order/paid", "", "").partition(32)).isEqualTo(21);
    assertThat(WaitKey.ofSignal("go").partition(32)).isEqualTo(28);
  }

  @Test
  void valuesOfOnePathSpreadOverAllPartitions() {
    var perPartition = new int[32];
    for (var order = 0; order < 32_000; order++) {
      perPartition[new WaitKey("paid", "data.order", Integer.toString(order)).partition(32)]++;
    }

    assertThat(Arrays.stream(perPartition)).allMatch(count -> count > 800 && count < 1_200);
  }
}
