package dev.stepwell.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What the options for apps set. */
class AppOptionsTest {

  @Command
  static final class Program {
    @Mixin private AppOptions apps = new AppOptions();
  }

  @Test
  void appsAreLookedForUnlessItIsForbidden() {
    assertThat(settings()).containsExactlyInAnyOrderEntriesOf(all("5s", true));
    assertThat(settings("--no-poll", "--no-discovery"))
        .containsExactlyInAnyOrderEntriesOf(all("off", false));
  }

  @Test
  void severalAppsCanBeNamed() {
    assertThat(settings("-u", "http://localhost:3000/x", "--sdk-url=https://b/y"))
        .containsEntry(
            "stepwell.gateway.apps.urls", List.of("http://localhost:3000/x", "https://b/y"));
  }

  @Test
  void aUrlWithoutAProtocolIsRefused() {
    assertThatThrownBy(() -> settings("-u", "localhost:3000"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("'localhost:3000'");
  }

  private static Map<String, Object> settings(String... arguments) {
    var program = new Program();
    new CommandLine(program).parseArgs(arguments);
    return program.apps.settings();
  }

  private static Map<String, Object> all(String poll, boolean discovery) {
    return Map.of("stepwell.gateway.apps.poll", poll, "stepwell.gateway.apps.discovery", discovery);
  }
}
