package dev.stepwell.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Stopping what was started. */
class PartsTest {

  private final ArrayList<String> stopped = new ArrayList<>();
  private final Parts parts = new Parts();

  private void add(String name) {
    parts.add(() -> stopped.add(name));
  }

  private void addBroken(String name) {
    parts.add(() -> {
      stopped.add(name);
      throw new IllegalStateException(name);
    });
  }

  @Test
  void whatWasStartedLastIsStoppedFirst() {
    add("store");
    add("engine");
    add("gateway");
    parts.close();
    assertThat(stopped).containsExactly("gateway", "engine", "store");
  }

  @Test
  void aPartThatFailsToStopDoesNotKeepTheOthersUp() {
    add("store");
    addBroken("engine");
    addBroken("gateway");
    assertThatThrownBy(parts::close).hasMessage("gateway");
    assertThat(stopped).containsExactly("gateway", "engine", "store");
  }

  @Test
  void aSecondStopDoesNothing() {
    add("store");
    parts.close();
    parts.close();
    assertThat(stopped).containsExactly("store");
  }
}
