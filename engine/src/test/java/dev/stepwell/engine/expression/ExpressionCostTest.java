package dev.stepwell.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionCostTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MANY = 2_000;

  /** Long lists, objects with as many members, and texts of which a part nearly fits everywhere. */
  private static final Scope LARGE =
      Scope.of(
          Json.of(
              """
              {"data":{"list":[%s1],"object":{%s"z":1},"text":"%s","needle":"%sb","pattern":"%s","short":"x"}}
              """
                  .formatted(
                      "1,".repeat(MANY),
                      members(),
                      "a".repeat(400_000),
                      "a".repeat(200_000),
                      "(".repeat(100) + "a" + "{9})".repeat(100))),
          NOW);

  private static String members() {
    var members = new StringBuilder();
    for (var i = 0; i < MANY; i++) {
      members.append("\"k%d\":%d,".formatted(i, i));
    }
    return members.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.text.matches('(x+x+)+y') || true",
        "event.data.text.matches('(a{100}){9}b')",
        "event.data.text.matches(event.data.pattern)",
        "'a'.matches('((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})')",
        "event.data.list.all(x, !event.data.text.contains(event.data.needle))",
        "event.data.list.all(x, event.data.list.all(y, !(event.data.list in {1: 2})))",
        "event.data.list.all(x, event.data.list.all(y, {event.data.list: 1}.size() == 1))",
        "event.data.list.all(x, event.data.list.all(y, {1: 2}[event.data.list] == null))",
        "event.data.list.all(x, event.data.list.all(y, date('Sat Mar 32') < now() || true))",
        "event.data.list.all(x, event.data.list.all(y, int('x') > 0 || true))"
      })
  void whatTakesTooLongEndsSoon(String text) throws InvalidExpressionException {
    var expression = Expression.compile(text);
    var begun = System.nanoTime();

    assertThat(expression.holds(LARGE)).isFalse();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!event.data.text.contains(event.data.needle)",
        "event.data.list.all(x, event.data.text != event.data.needle)",
        "event.data.list.all(x, event.data.text > 'b' || event.data.text < 'b')",
        "event.data.text.contains('aaaa') && !event.data.text.contains('ab')",
        "event.data.list.all(x, event.data.object.exists(k, k == 'k0'))",
        "event.data.list.exists(x, '3f2b8c1e-0d4a-4b6f-9a7e-5c1d2e3f4a5b'.matches("
            + "'^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'))",
        "event.data.short.matches('^(([a-z]{1,10}){1,3}){1,}$')",
        "event.data.list.filter(x, event.data.text != 1).size() == 2001"
      })
  void whatIsLargeButSimpleIsNotRefused(String text) throws InvalidExpressionException {
    assertThat(Expression.compile(text).holds(LARGE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.list.map(x, x + 1).size() == 40000",
        "event.data.list.filter(x, x == 1).size() == 40000",
        "event.data.list.filter(x, x > 1) == []",
        "event.data.list.map(x, x > 0, [x, x]).all(pair, pair == [1, 1])"
      })
  void aListIsMadeInTimeLinearInItsElements(String text) throws InvalidExpressionException {
    var lengthy = Scope.of(Json.of("{\"data\":{\"list\":[" + "1,".repeat(39_999) + "1]}}"), NOW);

    assertThat(Expression.compile(text).holds(lengthy)).isTrue();
  }

  @Test
  void aListInTheMakingIsTheOneOfItsOwnLoop() throws InvalidExpressionException {
    var text = "[1, 2].map(x, [3, 4].map(y, x * y)) == [[3, 4], [6, 8]]";

    assertThat(Expression.compile(text).holds(LARGE)).isTrue();
  }

  @Test
  void whatHasTakenTooLongIsNotRescuedByAnotherSide() throws InvalidExpressionException {
    var slow = "event.data.list.all(x, event.data.list.all(y, event.data.list.all(z, z == 1)))";

    assertThat(Expression.compile(slow + " || true").holds(LARGE)).isFalse();
    assertThat(Expression.compile("[1, 2].exists(x, x == 2 || " + slow + ")").holds(LARGE))
        .isFalse();
    var key = "[1].exists(x, %s) ? 'a' : 'b'".formatted(slow);
    assertThatThrownBy(() -> Expression.compile(key).text(LARGE))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, ``",
        "abc, ``",
        "``, a",
        "abc, abc",
        "abc, abcd",
        "aabaabaaab, aabaaab",
        "aabaabaaab, aabaaaab",
        "abcabcabd, abcabd",
        "ababababc, ababc",
        "ababababc, abac"
      })
  void aTextIsFoundWhereJavaFindsIt(String text, String wanted) {
    assertThat(Search.contains(text, wanted)).isEqualTo(text.contains(wanted));
  }
}
