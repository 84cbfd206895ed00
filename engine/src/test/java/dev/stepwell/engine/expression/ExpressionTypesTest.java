package dev.stepwell.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.wire.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTypesTest {

  private static final Scope SCOPE =
      Scope.of(
          Json.of(
              """
              {"data":{"n":1,"half":0.5,"text":"abc","none":null,"list":[1,"x",{}],"s":"99999999999999999s",
               "user":{"id":"u1"},"numbers":[1,2]}}
              """),
          Instant.parse("2026-03-01T12:00:00Z"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type(true) == bool && type(1) == int && type(1u) == uint && type(1.5) == double",
        "type('a') == string && type(b'a') == bytes && type([]) == list && type({}) == map",
        "type(null) == null_type && type(now()) == timestamp && type(duration('1s')) == duration",
        "type(event.data.n) == double && type(event.data.none) == null_type",
        "type(1) != uint && type(type(1)) == type(int)",
        "type(uint('1')) == uint && type(1u + 1u) == uint && type(int(1u)) == int",
        "type(event.data.text) in [string, bytes]",
        "event.data.list.filter(x, type(x) == string) == ['x']",
        "[1, 2].map(int, int * 2) == [2, 4]"
      })
  void aValueHasAType(String text) throws InvalidExpressionException {
    assertThat(Expression.compile(text).holds(SCOPE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b'abc' == bytes('abc') && b'abc' != b'abd' && b'abc' != 'abc'",
        "b'\\xff' > b'\\x01' && b'a' < b'ab' && bytes(b'a') == b'a'",
        "size(b'abc') == 3 && size(bytes('\\u00fc')) == 2",
        "b'ab' + b'c' == b'abc'",
        "string(b'abc') == event.data.text && bytes(event.data.text) == b'abc'"
      })
  void bytesAreValues(String text) throws InvalidExpressionException {
    assertThat(Expression.compile(text).holds(SCOPE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18446744073709551615u > 0u",
        "18446744073709551615u > 9223372036854775807 && -1 < 0u",
        "18446744073709551615u != 18446744073709551614u",
        "string(18446744073709551615u) == '18446744073709551615'",
        "uint('18446744073709551615') == 18446744073709551615u && uint(2.9) == 2u",
        "7u / 2u == 3u && 7u % 4u == 3u && 2u * 3u - 1u == 5u && 1u + 1 == 2",
        "1u == 1 && 1u == 1.0 && event.data.n == 1u",
        "0u || true",
        "event.data.numbers[1u] == 2"
      })
  void wholeNumbersWithoutASignGoBeyondThoseWithOne(String text) throws InvalidExpressionException {
    assertThat(Expression.compile(text).holds(SCOPE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{1: 'a', 2: 'b'}[event.data.n] == 'a'",
        "event.data.n in {1: 'a'} && event.data.n in {1u: 'a'} && 1 in {1.0: 'a'}",
        "{event.data.n: 'a'}[1] == 'a' && {event.data.n: 'a'} == {1: 'a'}",
        "{1: 'a', 1.0: 'b'} == {1u: 'b'}",
        "{event.data.half: 'a'}[0.5] == 'a'",
        "{true: 'a'}[true] == 'a' && {18446744073709551615u: 'a'}[18446744073709551615u] == 'a'",
        "!(-1 in {18446744073709551615u: 'a'}) && !(1 in {'1': 'a'})",
        "event.data.user[event.data.missing] == null && event.data.user[null] == null",
        "!(event.data.missing in event.data.user) && !(null in event.data.user)"
      })
  void equalKeysFindTheSame(String text) throws InvalidExpressionException {
    assertThat(Expression.compile(text).holds(SCOPE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{[1]: 'a'}.size() == 1",
        "{event.data.user: 'a'}.size() == 1",
        "{null: 'a'}.size() == 1",
        "{event.data.missing: 'a'}.size() == 1",
        "!([1] in event.data.user)",
        "event.data.user[event.data.user] == null",
        "event.data.user[b'id'] == null"
      })
  void whatHasPartsIsNoKeyOfAMap(String text) throws InvalidExpressionException {
    assertThat(Expression.compile(text).holds(SCOPE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duration('9223372036854775807s') + duration('1s') > duration('0s')",
        "duration(event.data.s) + now() > now()",
        "(date(0) + duration('31556889864403199s')).getFullYear('+18:00') > 0",
        "duration(event.data.s).getMilliseconds() > 0",
        "now_plus(event.data.s) > now()",
        "now_minus(event.data.s) < now()",
        "date(0) - duration(event.data.s) < now()",
        "int(18446744073709551615u) > 0",
        "18446744073709551615u + 1u > 0u",
        "0u - 1u < 1u",
        "1u / 0u == 0u",
        "uint(-1.5) >= 0u",
        "uint(0.0 / 0.0) >= 0u"
      })
  void whatIsTooFarAwayOrTooLargeHasNoValue(String text) throws InvalidExpressionException {
    var expression = Expression.compile(text);

    assertThat(expression.holds(SCOPE)).isFalse();
    assertThatThrownBy(() -> expression.text(SCOPE)).isInstanceOf(EvaluationException.class);
  }

  @Test
  void anErrorOfTheClockIsAbsorbedAsOthersAre() throws InvalidExpressionException {
    var text = "now_plus(event.data.s) > now() || true";

    assertThat(Expression.compile(text).holds(SCOPE)).isTrue();
  }

  @Test
  void aDurationOfAnyLengthIsAText() throws Exception {
    assertThat(Expression.compile("string(duration(event.data.s))").text(SCOPE))
        .contains("99999999999999999s");
    assertThat(Expression.compile("duration('1m30.5s')").text(SCOPE)).contains("90.5s");
    assertThat(Expression.compile("duration('-1500ms')").text(SCOPE)).contains("-1.5s");
    assertThat(Expression.compile("duration('100s')").text(SCOPE)).contains("100s");
  }

  @Test
  void bytesThatAreNoTextAreNoKey() throws InvalidExpressionException {
    var expression = Expression.compile("b'\\xff'");

    assertThatThrownBy(() -> expression.text(SCOPE)).isInstanceOf(EvaluationException.class);
  }
}
