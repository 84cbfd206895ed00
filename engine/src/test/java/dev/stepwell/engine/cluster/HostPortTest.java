package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "node1:25520,node1,25520",
    "' NODE1.Example.com : 1 ',node1.example.com,1",
    "10.0.0.1:65535,10.0.0.1,65535",
    "[fe80::1]:25520,fe80::1,25520"
  })
  void hostAndPortAreReadAsTheyAreWritten(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port));
    assertThat(HostPort.parse(HostPort.parse(text).toString())).isEqualTo(HostPort.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "node1", "node1:", ":25520", "node1:0", "node1:65536", "fe80::1:80"})
  void whatIsNoHostAndPortIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
  }

  @Test
  void theOrderIsTheSameOnEveryNode() {
    assertThat(new HostPort("b", 1)).isGreaterThan(new HostPort("A", 9));
    assertThat(new HostPort("a", 2)).isGreaterThan(new HostPort("a", 1));
  }
}
