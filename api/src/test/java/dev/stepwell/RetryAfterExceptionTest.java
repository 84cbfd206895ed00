package dev.stepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryAfterExceptionTest {

  private static Duration pause(Duration asked) {
    return new RetryAfterException("busy", asked).pause();
  }

  @Test
  void aPauseWithinTheBoundsIsKept() {
    assertThat(pause(Duration.ofSeconds(1))).hasSeconds(1);
    assertThat(pause(Duration.ofMillis(1_500))).hasMillis(1_500);
    assertThat(pause(Duration.ofHours(24))).hasHours(24);
  }

  @Test
  void aPauseOutsideTheBoundsBecomesTheNearerOne() {
    assertThat(pause(Duration.ZERO)).hasSeconds(1);
    assertThat(pause(Duration.ofSeconds(-5))).hasSeconds(1);
    assertThat(pause(Duration.ofDays(2))).hasHours(24);
    assertThat(pause(Duration.ofSeconds(Long.MAX_VALUE))).hasHours(24);
  }

  @Test
  void theCauseIsKept() {
    var cause = new IllegalStateException();

    assertThat(new RetryAfterException("busy", Duration.ofDays(2), cause))
        .hasCause(cause)
        .extracting(RetryAfterException::pause)
        .isEqualTo(Duration.ofHours(24));
  }
}
