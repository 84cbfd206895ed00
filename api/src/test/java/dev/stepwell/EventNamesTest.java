package dev.stepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventNamesTest {

  @EventName("order/placed")
  record OrderPlaced(String orderId) {}

  record Nameless() {}

  @EventName("order/*")
  record Pattern() {}

  @EventName("inngest/function.failed")
  record FunctionFailed() {}

  @EventName("inngest/scheduled.timer")
  record Scheduled() {}

  @Test
  void theNameIsTheAnnotations() {
    assertThat(EventNames.of(OrderPlaced.class)).isEqualTo("order/placed");
  }

  @Test
  void aRecordWithoutANameIsRefusedEveryTime() {
    for (var round = 0; round < 2; round++) {
      assertThatThrownBy(() -> EventNames.of(Nameless.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Nameless has no @EventName");
    }
  }

  @Test
  void aRecordCannotBeNamedByAPattern() {
    assertThatThrownBy(() -> EventNames.of(Pattern.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'order/*'");
  }

  @Test
  void ofTheReservedNamesOnlyThoseAboutFunctionsMayBeListenedTo() {
    assertThat(EventNames.of(FunctionFailed.class)).isEqualTo("inngest/function.failed");
    assertThatThrownBy(() -> EventNames.of(Scheduled.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reserved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inngest/function.failed", "INNGEST/x", "inngest/", "inngest/*"})
  void isReserved(String name) {
    assertThat(EventNames.isReserved(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inngest", "inngest.x", "my/inngest/x", "order/placed"})
  void isNotReserved(String name) {
    assertThat(EventNames.isReserved(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order/placed",
        "user signed up",
        "über/größe",
        "a",
        "a/*",
        "a/b.*",
        "a.b.*",
        "a/b.c.*",
        "inngest/function.*",
        "inngest/function.finished",
        "inngest.*"
      })
  void triggers(String pattern) {
    assertThat(EventNames.requirePattern(pattern)).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "/*",
        ".*",
        "a*",
        "a/b*",
        "*/a",
        "a/*/b",
        "a/*.*",
        "a/**",
        "half \uD83D",
        " a",
        "a ",
        "a\n",
        "a\u0000b",
        "inngest/*",
        "Inngest/x",
        "inngest/function",
        "inngest/scheduled.timer"
      })
  void doesNotTrigger(String pattern) {
    assertThatThrownBy(() -> EventNames.requirePattern(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + pattern + "'");
  }

  @Test
  void aPatternEndsAt255CharactersStarIncluded() {
    assertThat(EventNames.requirePattern("a".repeat(253) + "/*")).hasSize(255);
    assertThatThrownBy(() -> EventNames.requirePattern("a".repeat(254) + "/*"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EventNames.requirePattern("a".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
