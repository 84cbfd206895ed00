package dev.stepwell.gateway.apps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which SDKs are dangerous to use. */
class SdkVersionTest {

  @ParameterizedTest
  @ValueSource(strings = {"js:v3.22.0", "js:v3.40.2", "js:v3.53.1", "js:3.53.1", "js:v3.30.0-beta"})
  void theHoleIsNamedWithItsFix(String sdk) {
    assertThat(SdkVersion.parse(sdk).danger().orElseThrow()).contains("CVE-2026-42047", "3.54.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"js:v3.21.9", "js:v3.54.0", "js:v4.18.1", "py:v3.30.0", "go:v0.14.1", "js", ""})
  void allOthersAreFine(String sdk) {
    assertThat(SdkVersion.parse(sdk).danger()).isEmpty();
  }
}
