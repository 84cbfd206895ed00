package dev.stepwell.engine.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an event is found by, read from its data; and the one text of each scalar. */
class MatchValuesTest {

  private enum Colour {
    RED
  }

  @Test
  void scalarsAreReadAtAnyDepthAndOnlyThere() {
    var values = MatchValues.of(List.of("data.a", "data.b.c", "data.b.d.e", "data.missing"));

    assertThat(
            values.in(Json.of("{\"x\":{\"a\":9},\"a\":\"A\",\"b\":{\"c\":true,\"d\":{\"e\":1}}}")))
        .containsExactlyInAnyOrder(
            new Match("data.a", "\"A\""),
            new Match("data.b.c", "true"),
            new Match("data.b.d.e", "1"));
  }

  @Test
  void nullsObjectsAndListsAreNoValues() {
    var values = MatchValues.of(List.of("data.a", "data.b", "data.c", "data.c.d"));

    assertThat(values.in(Json.of("{\"a\":null,\"b\":[1,{\"d\":2}],\"c\":{\"d\":3}}")))
        .containsExactly(new Match("data.c.d", "3"));
  }

  @Test
  void ofTwoMembersWithOneNameTheLastCounts() {
    assertThat(read("{\"a\":1,\"a\":2}")).contains("2");
    assertThat(read("{\"a\":1,\"a\":null}")).isEmpty();
    assertThat(MatchValues.of(List.of("data.a.b")).in(Json.of("{\"a\":{\"b\":1},\"a\":[]}")))
        .isEmpty();
  }

  @Test
  void numbersAreComparedByValue() {
    for (var text : List.of("42", "42.0", "4.2e1", "420E-1", "42.000")) {
      assertThat(read("{\"a\":" + text + "}")).as(text).contains("42");
    }
    assertThat(read("{\"a\":-0}")).contains("0");
    assertThat(read("{\"a\":-0.0}")).contains("0");
    assertThat(read("{\"a\":0.10}")).contains("0.1");
    assertThat(read("{\"a\":1e-7}")).contains("0.0000001");
    assertThat(read("{\"a\":12345678901234567890123}")).contains("12345678901234567890123");
    assertThat(read("{\"a\":1e22}")).contains("10000000000000000000000");
  }

  @Test
  void aShortNumberNeverHasALongText() {
    assertThat(read("{\"a\":1e999999999}")).contains("1E+999999999");
    assertThat(read("{\"a\":10e999999998}")).contains("1E+999999999");
    assertThat(read("{\"a\":1e-999999999}")).contains("1E-999999999");
    assertThat(read("{\"a\":1e99999999999999}")).isEmpty();
    assertThat(read("{\"a\":1" + "0".repeat(500) + "}")).isEqualTo(read("{\"a\":1e500}"));
  }

  @Test
  void aNumberOfThousandsOfDigitsMatchesNothingAndHarmsNobody() {
    var values = MatchValues.of(List.of("data.a", "data.b"));

    assertThat(values.in(Json.of("{\"a\":" + "9".repeat(100_000) + ",\"b\":1}")))
        .containsExactly(new Match("data.b", "1"));
  }

  @Test
  void stringsAreEqualHoweverTheyAreEscaped() {
    assertThat(read("{\"a\":\"\\u0041\\/\"}")).contains("\"A/\"");
    assertThat(read("{\"a\":\"\\ud83d\\ude00\"}")).contains("\"\ud83d\ude00\"");
    assertThat(read("{\"a\":\"\\\"\\\\\\n\"}")).contains("\"\\\"\\\\\\u000a\"");
    assertThat(read("{\"a\":\"\\ud800\"}")).contains("\"\\ud800\"");
    assertThat(read("{\"\\u0061\":\"x\"}")).contains("\"x\"");
  }

  @Test
  void aStringIsNeverEqualToANumberThatLooksLikeIt() {
    assertThat(read("{\"a\":\"42\"}")).isNotEqualTo(read("{\"a\":42}"));
    assertThat(read("{\"a\":\"true\"}")).isNotEqualTo(read("{\"a\":true}"));
  }

  @Test
  void aLongTextIsReplacedByItsDigestOnBothSides() {
    var text = "x".repeat(100_000);

    assertThat(MatchValues.canonical(text)).hasSize(65).startsWith("#");
    assertThat(read("{\"a\":\"" + text + "\"}")).contains(MatchValues.canonical(text));
    assertThat(MatchValues.canonical(text + "y")).isNotEqualTo(MatchValues.canonical(text));
  }

  @Test
  void javaValuesHaveTheTextsThatTheirJsonHas() {
    assertThat(MatchValues.canonical("a\"b")).isEqualTo("\"a\\\"b\"");
    assertThat(MatchValues.canonical(Colour.RED)).isEqualTo("\"RED\"");
    assertThat(MatchValues.canonical(true)).isEqualTo("true");
    assertThat(MatchValues.canonical(42)).isEqualTo("42");
    assertThat(MatchValues.canonical(42L)).isEqualTo("42");
    assertThat(MatchValues.canonical((short) 42)).isEqualTo("42");
    assertThat(MatchValues.canonical((byte) 42)).isEqualTo("42");
    assertThat(MatchValues.canonical(42.0)).isEqualTo("42");
    assertThat(MatchValues.canonical(0.1f)).isEqualTo("0.1");
    assertThat(MatchValues.canonical(0.1)).isEqualTo("0.1");
    assertThat(MatchValues.canonical(new BigDecimal("42.00"))).isEqualTo("42");
    assertThat(MatchValues.canonical(BigInteger.TEN.pow(22))).isEqualTo("1" + "0".repeat(22));
    assertThat(MatchValues.canonical(1e22)).isEqualTo("1" + "0".repeat(22));
  }

  @Test
  void whatIsNoJsonScalarIsRefused() {
    assertThatThrownBy(() -> MatchValues.canonical(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MatchValues.canonical(Float.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MatchValues.canonical(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNotJsonHasNoValues() {
    assertThat(read("")).isEmpty();
    assertThat(read("[1]")).isEmpty();
    assertThat(read("42")).isEmpty();
    assertThat(read("{\"a\":1")).isEmpty();
    assertThat(read("{\"a\":1,}")).isEmpty();
  }

  @Test
  void pathsOutsideTheDataHaveNoValues() {
    assertThat(MatchValues.of(List.of("", "user.a", "a")).in(Json.of("{\"a\":1}"))).isEmpty();
  }

  @Test
  void nestingOfAnyDepthIsReadInConstantStack() {
    var deep = "{\"x\":".repeat(200_000) + "1" + "}".repeat(200_000);

    assertThat(read("{\"y\":" + deep + ",\"a\":7}")).contains("7");
  }

  private static Optional<String> read(String json) {
    return MatchValues.of(List.of("data.a")).in(Json.of(json)).stream()
        .map(Match::value)
        .findFirst();
  }
}
