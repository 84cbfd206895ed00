package dev.stepwell.gateway.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the configuration says of apps to be asked. */
class PingConfigTest {

  @Test
  void nobodyIsAskedUnlessItIsSaid() {
    assertThat(config("").isOff()).isTrue();
  }

  @Test
  void everythingCanBeSaid() {
    var config = config("urls = [\"http://127.0.0.1:3000/x\"], poll = 2s, discovery = on");

    assertThat(config.urls()).containsExactly("http://localhost:3000/x");
    assertThat(config.poll()).hasValue(Duration.ofSeconds(2));
    assertThat(config.ports()).contains(80, 3000, 3010, 8915).doesNotContain(8288);
    assertThat(config.isOff()).isFalse();
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("urls = [\"localhost:3000\"]"))
        .withMessageContaining("localhost:3000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("poll = 0s"))
        .withMessageContaining("poll");
  }

  private static PingConfig config(String lines) {
    return PingConfig.from(
        ConfigFactory.parseString("stepwell.gateway.apps { " + lines + " }")
            .withFallback(ConfigFactory.load())
            .resolve());
  }
}
