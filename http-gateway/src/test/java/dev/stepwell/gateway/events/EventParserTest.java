package dev.stepwell.gateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import dev.stepwell.gateway.problem.ProblemException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies become events, and which sentence answers the others. */
class EventParserTest {

  private static final int MAX_EVENT_BYTES = 2_000;

  private final EventParser parser = new EventParser(MAX_EVENT_BYTES);

  @Test
  void everyFieldArrivesAsItWasSent() {
    var events =
        accepted(
            """
            [{"name":"shop/paid","data":{"n": 1.50},"user":{"id":"u"},"id":"k-1",
              "ts":1760000000000,"v":"2"}]
            """);

    assertThat(events)
        .containsExactly(
            new NewEvent(
                "shop/paid",
                Json.of("{\"n\": 1.50}"),
                Optional.of("k-1"),
                OptionalLong.of(1_760_000_000_000L),
                Optional.of(Json.of("{\"id\":\"u\"}")),
                Optional.of("2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"a\"}",
        " \r\n\t{\"name\":\"a\"}\n",
        "[{\"name\":\"a\"}]",
        "{\"name\":\"a\",\"data\":null,\"user\":null,\"id\":null,\"ts\":null,\"v\":null}",
        "{\"name\":\"a\",\"data\":{},\"id\":\"\",\"ts\":0,\"v\":\"\"}",
        "{\"name\":\"\\u0061\",\"meta\":{\"sessions\":{\"k\":\"i\"}},\"later\":[[],{}]}",
        "\uFEFF{\"name\":\"a\"}"
      })
  void whatIsAbsentOrNullOrEmptyIsLeftOut(String body) {
    assertThat(accepted(body)).containsExactly(NewEvent.of("a", Json.EMPTY_OBJECT));
  }

  @Test
  void anEmptyArrayHoldsNoEvents() {
    assertThat(accepted("[]")).isEmpty();
  }

  @Test
  void theOrderOfTheBodyIsTheOrderOfTheEvents() {
    assertThat(accepted("[{\"name\":\"b\"},{\"name\":\"a\"},{\"name\":\"c\"}]"))
        .extracting(NewEvent::name)
        .containsExactly("b", "a", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'_inngest':1} | {}",
        "{ '_inngest' : {'a':[1]} } | {  }",
        "{'_inngest':1,'a':2} | {'a':2}",
        "{'_inngest':1 , 'a':2} | { 'a':2}",
        "{'a':2,'_inngest':1} | {'a':2}",
        "{'a':2 , '_inngest':'x' } | {'a':2  }",
        "{'a':2,'_inngest':-1.5e3,'b':3} | {'a':2,'b':3}",
        "{'a':2, '_inn\\u0067est':{}, 'b':3} | {'a':2, 'b':3}",
        "{'a':{'_inngest':1}} | {'a':{'_inngest':1}}"
      })
  void theReservedMemberIsCutOutOfTheDataAndNothingElse(String sent, String kept) {
    var events = accepted("{\"name\":\"a\",\"data\":" + sent.replace('\'', '"') + "}");

    assertThat(events.getFirst().data()).isEqualTo(Json.of(kept.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | must have a name",
        "{'name':''} | must have a name",
        "{'name':null} | must have a name",
        "{'name':7} | name must be a string",
        "{'name':'a\\u0000b'} | control character",
        "{'name':'inngest/x'} | event name is reserved for internal use",
        "{'name':'InNgEsT/x'} | event name is reserved for internal use",
        "{'name':'a','data':[]} | data must be an object",
        "{'name':'a','data':'{}'} | data must be an object",
        "{'name':'a','user':1} | user must be an object",
        "{'name':'a','id':1} | id must be a string",
        "{'name':'a','v':2} | v must be a string",
        "{'name':'a','ts':'2026-01-01'} | ts must be a whole number",
        "{'name':'a','ts':1760000000000.5} | ts must be a whole number",
        "{'name':'a','ts':1760000000} | between the years 1980 and 2100",
        "{'name':'a','ts':-1} | between the years 1980 and 2100",
        "{'name':'a','ts':4102444800001} | between the years 1980 and 2100",
        "{'name':'a','ts':99999999999999999999} | between the years 1980 and 2100",
        "[{'name':'a'},null] | Event 1 (counted from 0): must be an object",
        "[{'name':'a'},[]] | must be an object",
        "7 | must be an object",
        "null | must be an object"
      })
  void anEventThatBreaksARuleIsToldWhich(String body, String sentence) {
    var problem = refused(body.replace('\'', '"'));

    assertThat(problem.code()).isEqualTo(Code.MALFORMED_EVENT);
    assertThat(problem.sentence()).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it is empty",
        "'  ' | it is empty",
        "{ | end-of-input",
        "{\"name\":\"a\" | end-of-input",
        "{\"name\":\"a\",} | at byte 12",
        "{name:\"a\"} | Unexpected character",
        "{\"name\":\"a\"} {} | there is more after its end, at byte 13",
        "[{\"name\":\"a\"}]] | Unexpected close marker",
        "{\"name\":\"a\"}\\n{\"name\":\"b\"} | there is more after its end",
        "{\"name\":\"a\",\"name\":\"b\"} | Duplicate",
        "{\"name\":\"a\",\"n\\u0061me\":\"b\"} | Duplicate",
        "{\"name\":\"a\",\"later\":1,\"later\":2} | Duplicate",
        "{\"name\":\"a\",\"data\":{\"b\":{\"c\":1,\"d\":2,\"e\":3,\"c\":4}}} | Duplicate",
        "{\"name\":\"a\",\"data\":{\"_inngest\":1,\"_inngest\":2}} | Duplicate",
        "{\"name\":\"a\",\"data\":{\"b\":\"\\ud83d\"}} | half a character",
        "{\"name\":\"\\ude00\"} | half a character",
        "{\"name\":\"a\",\"data\":{\"b\":01}} | Leading zeroes",
        "{\"name\":\"a\",\"data\":{\"b\":NaN}} | NaN",
        "{\"name\":\"a\",\"data\":{\"b\":1e999}} | too large for a double",
        "{\"name\":\"a\",\"user\":{\"b\":[-1E+999]}} | too large for a double",
        "{\"name\":\"a\",\"data\":{\"b\":\"\\x\"}} | Unrecognized character escape",
        "name=a&data=b | Unrecognized token"
      })
  void whatIsNotGoodJsonIsToldWhere(String body, String sentence) {
    var problem = refused(body.replace("\\n", "\n"));

    assertThat(problem.code()).isEqualTo(Code.MALFORMED_JSON);
    assertThat(problem.sentence()).contains(sentence);
  }

  @Test
  void bytesThatAreNotTextAreRefused() {
    var overlong = "{'name':'a','data':{'b':'..'}}".replace('\'', '"').getBytes(UTF_8);
    overlong[25] = (byte) 0xC0;
    overlong[26] = (byte) 0x80;

    assertThat(refused(overlong).sentence()).contains("byte 25 is not UTF-8");
  }

  @Test
  void otherEncodingsOfUnicodeAreRefused() {
    for (var charset : List.of("UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE")) {
      var body = "{\"name\":\"a\"}".getBytes(Charset.forName(charset));

      assertThat(refused(body).code()).as(charset).isEqualTo(Code.MALFORMED_JSON);
    }
  }

  @Test
  void namesAndIdsMayHaveExactlyTheirMostCharacters() {
    var most = "n".repeat(512);

    assertThat(accepted("{\"name\":\"" + most + "\",\"id\":\"" + most + "\"}")).hasSize(1);
    assertThat(refused("{\"name\":\"" + most + "n\"}").sentence())
        .isEqualTo("The event: name has 513 characters; the limit is 512");
    assertThat(refused("{\"name\":\"a\",\"id\":\"" + most + "n\"}").sentence()).contains("id has");
  }

  @Test
  void anEventMayHaveExactlyItsMostBytes() {
    var rest = "{\"name\":\"a\",\"data\":{\"b\":\"\"}}".length();
    var most = event("x".repeat(MAX_EVENT_BYTES - rest));
    var more = event("x".repeat(MAX_EVENT_BYTES - rest + 1));

    assertThat(accepted("[" + most + " ,  " + most + "]")).hasSize(2);
    assertThat(refused("[" + most + "," + more + "]"))
        .isEqualTo(
            Problem.of(
                Code.TOO_LARGE, "Event 1 (counted from 0) has 2,001 bytes; the limit is 2,000"));
  }

  @Test
  void fiveThousandEventsAreABatchAndOneMoreIsNot() {
    var events = "{\"name\":\"a\"},".repeat(4_999);

    assertThat(accepted("[" + events + "{\"name\":\"a\"}]")).hasSize(5_000);
    assertThat(refused("[" + events + "{\"name\":\"a\"},{\"name\":\"a\"}]").sentence())
        .isEqualTo("Cannot have more than 5000 events in a batch");
  }

  @Test
  void depthIsLimited() {
    var most = "[".repeat(498) + "]".repeat(498);

    assertThat(accepted("{\"name\":\"a\",\"data\":{\"b\":" + most + "}}")).hasSize(1);
    assertThat(refused("{\"name\":\"a\",\"data\":{\"b\":[" + most + "]}}").sentence())
        .contains("500 deep");
  }

  @Test
  void whatIsBuiltToExhaustIsRefusedInLittleMemory() {
    var opening = "{\"name\":\"a\",\"data\":{\"b\":";

    for (var bomb :
        List.of(
            opening + "[".repeat(10_000_000),
            "{\"data\":".repeat(1_000_000),
            opening + "1".repeat(10_000_000),
            opening + "0." + "1".repeat(10_000_000),
            opening + "1e" + "9".repeat(10_000_000),
            "{\"" + "n".repeat(10_000_000) + "\":1}",
            "{\"name\":\"" + "n".repeat(10_000_000) + "\"}",
            "{\"id\":\"" + "\\n".repeat(5_000_000) + "\"}",
            opening + "\"" + "x".repeat(10_000_000) + "\"}}",
            " ".repeat(10_000_000))) {
      var body = bomb.getBytes(UTF_8);
      var before = allocatedBytes();

      assertThat(refused(body).status()).isIn(400, 413);
      // One of them keeps its ten megabytes, as data within the body's limit, and then
      // refuses.
      assertThat(allocatedBytes() - before)
          .as("%s...", bomb.substring(0, 20))
          .isLessThan(12_000_000);
    }
  }

  private static String event(String text) {
    return "{\"name\":\"a\",\"data\":{\"b\":\"" + text + "\"}}";
  }

  private List<NewEvent> accepted(String body) {
    try {
      return parser.parse(body.getBytes(UTF_8));
    } catch (ProblemException e) {
      return fail(e);
    }
  }

  private Problem refused(String body) {
    return refused(body.getBytes(UTF_8));
  }

  private Problem refused(byte[] body) {
    try {
      return fail("accepted: " + parser.parse(body));
    } catch (ProblemException e) {
      return e.problem();
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
