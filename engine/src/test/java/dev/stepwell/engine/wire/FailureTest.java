package dev.stepwell.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void aFailureIsWhatItWillBeWhenItIsReadBack() {
    var failure = new Failure("E\uD83D", "half \uDC4D, whole \uD83D\uDC4D", "at x\uD83D");

    assertThat(failure).isEqualTo(new Failure("E?", "half ?, whole \uD83D\uDC4D", "at x?"));
    assertThat(Bytes.kept(failure.message())).isEqualTo(failure.message());
  }
}
