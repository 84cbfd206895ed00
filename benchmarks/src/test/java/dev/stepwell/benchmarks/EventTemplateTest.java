package dev.stepwell.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTemplateTest {

  private final EventTemplate template =
      EventTemplate.of("{\"name\":\"a\",\"data\":{\"number\":1###}}", 2);

  private String text() {
    return new String(template.bytes(), UTF_8);
  }

  @Test
  void theLengthThatIsSaidIsThatOfTheBody() {
    var body = text().substring(text().indexOf("\r\n\r\n") + 4);
    assertThat(text()).contains("Content-Length: " + body.getBytes(UTF_8).length + "\r\n");
  }

  @Test
  void eachEventHasItsOwnNumber() {
    template.number(0, 7);
    template.number(1, 42);
    assertThat(text())
        .endsWith(
            "[{\"name\":\"a\",\"data\":{\"number\":1007}},"
                + "{\"name\":\"a\",\"data\":{\"number\":1042}}]");
  }

  @Test
  void aDrawnSeedIsInItsHeaderAndGivesOtherRuns() {
    template.draw();
    var before = text();
    var run = template.run(0, "function");
    template.draw();
    assertThat(before).containsPattern("x-inngest-event-id-seed: \\d{13},[A-Za-z0-9+/]{14}==\r\n");
    assertThat(text()).isNotEqualTo(before);
    assertThat(template.run(0, "function")).isNotEqualTo(run);
    assertThat(template.run(0, "function")).isNotEqualTo(template.run(1, "function"));
  }

  @Test
  void aCopyIsChangedByItself() {
    var copy = template.copy();
    template.draw();
    template.number(0, 7);
    assertThat(new String(copy.bytes(), UTF_8)).isNotEqualTo(text());
  }
}
