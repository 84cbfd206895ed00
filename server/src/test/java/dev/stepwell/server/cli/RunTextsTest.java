package dev.stepwell.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stepwell.server.client.Client;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people read of the server's JSON. */
class RunTextsTest {

  private static final String RUN =
      """
      {"run_id":"01R","function_id":"process-order","event_name":"order/placed","event_id":"01E",
       "status":"Running","run_started_at":"2026-01-01T00:00:00.123Z","ended_at":null,"output":null,
       "error":null,"retry_at":null,"warnings":[],
       "steps":[
         {"name":"reserve","kind":"run","phase":"completed","attempts":1,"output":{"id":"r-1"},
          "started_at":"2026-01-01T00:00:00Z","ended_at":"2026-01-01T00:00:00.050Z","error":null,
          "until":null,"waits_for":null},
         {"name":"charge","kind":"run","phase":"retrying","attempts":2,"output":null,
          "started_at":"2026-01-01T00:00:01Z","ended_at":null,"error":{"message":"busy"},
          "until":"2026-01-01T00:01:00Z","waits_for":null}]}
      """;

  @Test
  void aStepThatFailedIsShownWithItsErrorAndWhenItIsTriedAgain() throws Exception {
    assertThat(shown().lines())
        .anyMatch(
            line -> line.matches("charge +run +retrying +2 +busy; again at 2026-01-01T00:01:00Z"));
  }

  @Test
  void aStepThatSucceededIsShownWithItsResultAndHowLongItTook() throws Exception {
    assertThat(shown().lines())
        .anyMatch(line -> line.matches("reserve +run +completed +1 +50 ms +\\{\"id\":\"r-1\"}"));
  }

  @Test
  void whatIsAbsentIsNotShown() throws Exception {
    assertThat(shown()).doesNotContain("null", "output", "error", "ended");
  }

  @Test
  void durationsAreShownAsPeopleSayThem() {
    assertThat(RunTexts.text(Duration.ofMillis(999))).isEqualTo("999 ms");
    assertThat(RunTexts.text(Duration.ofMillis(1_250))).isEqualTo("1.3 s");
    assertThat(RunTexts.text(Duration.ofHours(49))).isEqualTo("49h");
  }

  private static String shown() throws JsonProcessingException {
    var text = new StringWriter();
    RunTexts.print(new PrintWriter(text, true), Client.JSON.readTree(RUN));
    return text.toString();
  }
}
