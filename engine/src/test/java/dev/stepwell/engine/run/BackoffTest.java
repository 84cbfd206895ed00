package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void pausesGrowAlongTheTableAndThenStay() {
    var pauses = IntStream.rangeClosed(1, 21).mapToObj(failed -> pause(failed, 0)).toList();

    assertThat(pauses)
        .startsWith(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(40),
            Duration.ofHours(1),
            Duration.ofHours(2))
        .endsWith(Duration.ofHours(2));
    assertThat(pauses.subList(9, 21)).containsOnly(Duration.ofHours(2));
  }

  @Test
  void chanceAddsUpToHalfAMinute() {
    for (var failed : List.of(1, 5, 20)) {
      assertThat(pause(failed, 0.5)).isEqualTo(pause(failed, 0).plusSeconds(15));
      assertThat(pause(failed, 1)).isEqualTo(pause(failed, 0).plusSeconds(30));
    }
  }

  private static Duration pause(int failed, double chance) {
    return Duration.ofMillis(Backoff.pauseMillis(failed, chance));
  }
}
