package dev.stepwell.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.wire.Json;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @Test
  void membersAreInTheOrderOfTheirNamesAtEveryDepth() {
    assertThat(canonical("{ \"b\": [ {\"d\":1, \"c\":2} ], \"a\": {\"f\":null,\"e\":true} }"))
        .isEqualTo("{\"a\":{\"e\":true,\"f\":null},\"b\":[{\"c\":2,\"d\":1}]}");
  }

  @Test
  void namesAreOrderedByTheirCodeUnits() {
    // An emoji is a pair of surrogates, and so before a Hebrew letter's presentation form.
    assertThat(canonical("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3,\"\\r\":4,\"1\":5}"))
        .isEqualTo("{\"\\r\":4,\"1\":5,\"€\":3,\"😀\":2,\"\ufb33\":1}");
  }

  @Test
  void ofTwoMembersWithOneNameTheLastCounts() {
    assertThat(canonical("{\"a\":1,\"b\":2,\"a\":{\"c\":3}}"))
        .isEqualTo("{\"a\":{\"c\":3},\"b\":2}");
  }

  @Test
  void textsAreEscapedOnlyWhereTheyMustBe() {
    assertThat(canonical("\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\\\/\\u007f\\u00e9\\u2028\""))
        .isEqualTo("\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007fé\u2028\"");
  }

  @Test
  void halfOfAPairStaysAnEscape() {
    assertThat(canonical("[\"\\ud83d\",\"\\ude00a\",\"\\ud83dx\\ud83d\\ude00\"]"))
        .isEqualTo("[\"\\ud83d\",\"\\ude00a\",\"\\ud83dx😀\"]");
  }

  @Test
  void numbersAreWrittenAsJavaScriptWritesThem() {
    assertThat(canonical("[1.0,-0,1E21,0.00,1e-7,12345678901234567890]"))
        .isEqualTo("[1,0,1e+21,0,1e-7,12345678901234567000]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "true", "\"\"", "[[],{}]", "{\"\":[]}", "-1.5"})
  void whatIsCanonicalStaysAsItIs(String json) {
    assertThat(canonical(json)).isEqualTo(json);
  }

  @Test
  void noDepthIsTooDeep() {
    var depth = 200_000;
    var json = "[{\"a\":".repeat(depth) + "1" + "}]".repeat(depth);

    assertThat(canonical(json)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,", "{\"a\":}", "tru"})
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> canonical(text)).isInstanceOf(UncheckedIOException.class);
  }

  private static String canonical(String json) {
    return CanonicalJson.of(Json.of(json)).toString();
  }
}
