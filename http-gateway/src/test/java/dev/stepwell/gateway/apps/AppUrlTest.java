package dev.stepwell.gateway.apps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs are the same place. */
class AppUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000/api/inngest, http://localhost:3000/api/inngest",
    "http://127.0.0.1:3000/api/inngest, http://localhost:3000/api/inngest",
    "http://0.0.0.0:3000/api/inngest, http://localhost:3000/api/inngest",
    "http://[::1]:3000/api/inngest, http://localhost:3000/api/inngest",
    "HTTP://LocalHost:80/api/inngest, http://localhost/api/inngest",
    "https://shop.example:443/api, https://shop.example/api",
    "http://shop.example:443/api, http://shop.example:443/api",
    "http://[2001:db8::1]:8080/x, http://[2001:db8::1]:8080/x",
    "http://my_app:3000/x, http://my_app:3000/x",
    "http://a/x?deployId=1&fnId=a-b&probe=trust&stepId=step, http://a/x?fnId=a-b&stepId=step",
    "http://a/x?deployId=1, http://a/x",
    "http://a/x%20y?q=%26#there, http://a/x%20y?q=%26"
  })
  void equalPlacesHaveEqualTexts(String given, String normal) {
    assertThat(AppUrl.normal(given)).hasValue(normal);
    assertThat(AppUrl.normal(normal)).hasValue(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost:3000", "/api/inngest", "ws://a/x", "http:///x", "http://a b/x"})
  void whatIsNoUrlOfHttpIsNone(String given) {
    assertThat(AppUrl.normal(given)).isEmpty();
  }

  @Test
  void aPortIsNotMadeUp() {
    assertThat(AppUrl.normal("http://a:port/x")).isEmpty();
  }
}
