package dev.stepwell.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "5s, PT5S",
    "1m30s, PT1M30S",
    "2d, PT48H",
    "1w, PT168H",
    "1w2d3h4m5s6ms, PT219H4M5.006S",
    "1.5h, PT1H30M",
    "-90s, PT-1M-30S",
    "7us8ns, PT0.000007008S",
    "1m0s, PT1M"
  })
  void aDurationIsTheSumOfItsParts(String text, Duration duration) {
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "1 h",
        "1y",
        "h1",
        "--1s",
        "1e3s",
        "999999999999999999w",
        "1h2",
        "+"
      })
  void whatIsNoneIsNone(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
