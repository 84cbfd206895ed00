package dev.stepwell.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepArgumentsTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "charge-card", "a b", "charge/sku_1:2.0", "Z-"})
  void aStepMayBeCalled(String name) {
    assertThat(StepArguments.requireName(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "-a", "/", "ä", "aä", "a\n", "a\tb", "a*", "a\"b", "a\u0000"})
  void aStepMayNotBeCalled(String name) {
    assertThatThrownBy(() -> StepArguments.requireName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void aStepNameEndsAtAHundredCharacters() {
    assertThat(StepArguments.requireName("a".repeat(100))).hasSize(100);
    assertThatThrownBy(() -> StepArguments.requireName("a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDurationIsAMillisecondTo366Days() {
    var shortest = Duration.ofMillis(1);
    var longest = Duration.ofDays(366);

    assertThat(StepArguments.requireDuration(shortest)).isEqualTo(shortest);
    assertThat(StepArguments.requireDuration(longest)).isEqualTo(longest);
    for (var wrong :
        new Duration[] {
          Duration.ZERO,
          Duration.ofNanos(999_999),
          Duration.ofSeconds(-1),
          longest.plusNanos(1),
          Duration.ofSeconds(Long.MAX_VALUE)
        }) {
      assertThatThrownBy(() -> StepArguments.requireDuration(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.toString());
    }
  }

  @Test
  void anInstantMayHavePassedButIsAtMost366DaysAhead() {
    var furthest = NOON.plus(Duration.ofDays(366));

    assertThat(StepArguments.requireInstant(Instant.MIN, NOON)).isEqualTo(Instant.MIN);
    assertThat(StepArguments.requireInstant(furthest, NOON)).isEqualTo(furthest);
    assertThatThrownBy(() -> StepArguments.requireInstant(furthest.plusNanos(1), NOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StepArguments.requireInstant(Instant.MAX, NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSignalIsOneTo255CharactersAndNotBlank() {
    assertThat(StepArguments.requireSignal("ä".repeat(255))).hasSize(255);
    for (var wrong : new String[] {"", "  ", "a".repeat(256), "half \uD83D"}) {
      assertThatThrownBy(() -> StepArguments.requireSignal(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aStepSendsOneToAHundredEvents() {
    assertThat(StepArguments.requireEventCount(1)).isEqualTo(1);
    assertThat(StepArguments.requireEventCount(100)).isEqualTo(100);
    for (var wrong : new int[] {-1, 0, 101}) {
      assertThatThrownBy(() -> StepArguments.requireEventCount(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
