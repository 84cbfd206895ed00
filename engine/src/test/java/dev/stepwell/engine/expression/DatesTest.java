package dev.stepwell.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.wire.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "2026-02-28T10:30:15Z|2026-02-28T10:30:15Z",
        "2026-02-28T10:30:15.250+02:00|2026-02-28T08:30:15.250Z",
        "2026-02-28T10:30:15|2026-02-28T10:30:15Z",
        "2026-02-28|2026-02-28T00:00:00Z",
        "Sat, 28 Feb 2026 10:30:15 UTC|2026-02-28T10:30:15Z",
        "Sat, 28 Feb 2026 10:30:15 GMT|2026-02-28T10:30:15Z",
        "Sat, 28 Feb 2026 10:30:15 EST|2026-02-28T15:30:15Z",
        "Sat, 28 Feb 2026 10:30:15 +0200|2026-02-28T08:30:15Z",
        "28 Feb 2026 10:30 +0200|2026-02-28T08:30:00Z",
        "28 Feb 26 10:30 +0200|2026-02-28T08:30:00Z",
        "28 Feb 26 10:30 UTC|2026-02-28T10:30:00Z",
        "28 Feb 68 10:30 UTC|2068-02-28T10:30:00Z",
        "Saturday, 28-Feb-26 10:30:15 UTC|2026-02-28T10:30:15Z",
        "Wednesday, 31-Dec-69 23:59:59 UTC|1969-12-31T23:59:59Z",
        "Mon Jan 02 15:04:05 -0700 2006|2006-01-02T22:04:05Z",
        "Mon Jan  2 15:04:05 UTC 2006|2006-01-02T15:04:05Z",
        "Mon Jan  2 15:04:05 MST 2006|2006-01-02T22:04:05Z",
        "Mon Jan  2 15:04:05 2006|2006-01-02T15:04:05Z",
        "Sat Feb 28 10:30:15 2026|2026-02-28T10:30:15Z",
        "Jan  2 15:04:05|0000-01-02T15:04:05Z",
        "Feb 29 15:04:05|0000-02-29T15:04:05Z",
        "Jan 12 15:04:05.123|0000-01-12T15:04:05.123Z"
      },
      delimiter = '|')
  void aTimeIsReadInAnyOfGosForms(String text, Instant time) throws EvaluationException {
    assertThat(Dates.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-28T10:30:15Zulu",
        "Sat, 28 Feb 2026 10:30:15 XYZ",
        "28 Feb 126 10:30 +0200",
        "2026",
        "UTC"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Dates.parse(text)).isInstanceOf(EvaluationException.class);
  }

  @Test
  void aDayThatThereIsNotIsAnErrorLikeOthers() throws InvalidExpressionException {
    var scope = Scope.of(Json.of("{\"data\":{\"day\":\"30 Feb 26 10:30 UTC\"}}"), Instant.EPOCH);

    assertThat(Expression.compile("date(event.data.day) > now()").holds(scope)).isFalse();
    assertThat(Expression.compile("date(event.data.day) > now() || true").holds(scope)).isTrue();
    assertThat(Expression.compile("date('Jan  2 15:04:05').getFullYear() == 0").holds(scope))
        .isTrue();
  }
}
