package dev.stepwell.gateway.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.stepwell.engine.function.App;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.LimitKey;
import dev.stepwell.engine.function.Definition.Remote;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what SDKs say of their apps. */
class RegistrationTest {

  @Test
  void anAppInTypeScriptIsUnderstood() {
    var registration = accepted(Samples.TYPESCRIPT);
    var endpoint = registration.app().endpoint().orElseThrow();

    assertThat(registration.warnings()).isEmpty();
    assertThat(registration.app().name()).isEqualTo("shop");
    assertThat(endpoint)
        .isEqualTo(
            new App.Endpoint(
                "http://localhost:3000/api/inngest", "js:v4.18.1", "express", endpoint.checksum()));
    assertThat(registration.app().functions())
        .containsExactly(
            new Definition(
                "shop-order",
                List.of(
                    new Start.OnEvent("order/placed", List.of()),
                    new Start.OnEvent("order/changed", List.of(equal("data.kind", "urgent")))),
                3,
                Optional.of(new Limit(2, Optional.of(new LimitKey.Path("data.customer")))),
                Optional.of(
                    new Remote(
                        "Order", "http://localhost:3000/api/inngest?fnId=shop-order&stepId=step"))),
            new Definition(
                "shop-order-failure",
                List.of(
                    new Start.OnEvent(
                        "inngest/function.failed",
                        List.of(equal("data.function_id", "shop-order")))),
                1,
                Optional.empty(),
                Optional.of(
                    new Remote(
                        "Order (failure)",
                        "http://localhost:3000/api/inngest?fnId=shop-order-failure&stepId=step"))));
  }

  @Test
  void anAppInPythonIsUnderstood() {
    var registration = accepted(Samples.PYTHON);

    assertThat(registration.app().name()).isEqualTo("ledger");
    assertThat(registration.app().endpoint().orElseThrow().url())
        .isEqualTo("http://localhost:8000/api/inngest");
    assertThat(registration.app().functions())
        .containsExactly(
            new Definition(
                "ledger-nightly",
                List.of(new Start.OnCron("TZ=Europe/Paris 0 3 * * *")),
                4,
                Optional.of(new Limit(5, Optional.empty())),
                Optional.of(
                    new Remote(
                        "Nightly",
                        "http://localhost:8000/api/inngest?fnId=ledger-nightly&stepId=step"))));
    assertThat(registration.warnings())
        .containsExactly("Function ledger-nightly asks for throttle, which is not done yet");
  }

  @Test
  void anAppInGoIsUnderstood() {
    var registration = accepted(Samples.GO);

    assertThat(registration.warnings()).isEmpty();
    assertThat(registration.app().endpoint().orElseThrow().url())
        .isEqualTo("http://localhost:8080/api/inngest");
    assertThat(registration.app().functions())
        .containsExactly(
            new Definition(
                "mail-send",
                List.of(new Start.OnExpression("mail/*", "event.data.to != null")),
                0,
                Optional.of(new Limit(10, Optional.empty())),
                Optional.of(
                    new Remote(
                        "mail-send",
                        "http://localhost:8080/api/inngest?fnId=mail-send&stepId=step"))));
  }

  @Test
  void theChecksumIsTheSameForTheSameApp() {
    var first = checksum("{\"appName\":\"a\",\"url\":\"http://a/x\",\"featureObservations\":{}}");
    var again = checksum("{ \"url\":\"http://a/x\",\"appName\":\"\\u0061\"}");
    var other = checksum("{\"appName\":\"a\",\"url\":\"http://a/x\",\"appVersion\":\"2\"}");

    assertThat(first).isEqualTo(again).matches("[0-9a-f]{64}").isNotEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event.data.a == 'x'|data.a",
        "event.data.a.b_c==\"x\"|data.a.b_c",
        "  event.data.a  ==  'x'  |data.a"
      })
  void aPlainComparisonIsIndexed(String expression, String path) {
    assertThat(start(expression)).isEqualTo(new Start.OnEvent("e", List.of(equal(path, "x"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.data.a == 1",
        "event.data.a == 'x' && event.data.b == 'y'",
        "event.data.a == 'it\\'s'",
        "event.name == 'x'",
        "'x' == event.data.a"
      })
  void anyOtherExpressionIsEvaluated(String expression) {
    assertThat(start(expression)).isEqualTo(new Start.OnExpression("e", expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3|3|",
        "{\"limit\":3,\"scope\":\"fn\"}|3|",
        "[{\"limit\":0},{\"limit\":3}]|3|",
        "{\"step\":[{\"limit\":3}]}|3|",
        "{\"step\":3}|3|",
        "[{\"limit\":3},{\"limit\":4}]|3|more than one concurrency limit",
        "[{\"limit\":9,\"scope\":\"env\",\"key\":\"'k'\"},{\"limit\":3}]|3|scope env",
        "{\"step\":[{\"limit\":3}],\"fn\":[{\"limit\":1}]}|3|concurrency.fn",
        "0|0|",
        "null|0|",
        "{\"limit\":1,\"scope\":\"account\",\"key\":\"'k'\"}|0|scope account"
      })
  void theFirstLimitOfTheFunctionCounts(String concurrency, int limit, String warning) {
    var registration = accepted(Samples.function("\"concurrency\":" + concurrency));
    var expected = limit == 0 ? Optional.empty() : Optional.of(new Limit(limit, Optional.empty()));

    assertThat(registration.app().functions().getFirst().limit()).isEqualTo(expected);
    if (warning == null) {
      assertThat(registration.warnings()).isEmpty();
    } else {
      assertThat(registration.warnings()).singleElement().asString().contains("a-f", warning);
    }
  }

  @Test
  void aKeyThatIsNoPathIsAnExpression() {
    var key = "event.data.a + '-' + event.data.b";
    var registration =
        accepted(Samples.function("\"concurrency\":{\"limit\":1,\"key\":\"" + key + "\"}"));

    assertThat(registration.app().functions().getFirst().limit())
        .hasValue(new Limit(1, Optional.of(new LimitKey.Valued(key))));
  }

  @ParameterizedTest
  @CsvSource({
    "'0 3 * * *', '0 3 * * *'",
    "'TZ=UTC  0 3 * * *', '0 3 * * *'",
    "'CRON_TZ=America/New_York 0 3 * * *', 'TZ=America/New_York 0 3 * * *'",
    "'@every 5m', '@every 5m'"
  })
  void aScheduleKeepsItsZone(String cron, String schedule) {
    var registration = accepted(Samples.function("\"triggers\":[{\"cron\":\"" + cron + "\"}]"));

    assertThat(registration.app().functions().getFirst().starts())
        .containsExactly(new Start.OnCron(schedule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throttle",
        "rateLimit",
        "debounce",
        "batchEvents",
        "priority",
        "singleton",
        "idempotency",
        "cancel",
        "timeouts"
      })
  void anOptionThatIsNotDoneIsToldByName(String option) {
    var asked = accepted(Samples.function("\"" + option + "\":{\"key\":\"event.data.a\"}"));
    var empty = accepted(Samples.function("\"" + option + "\":{\"key\":\"\",\"limit\":null}"));

    assertThat(asked.warnings())
        .containsExactly("Function a-f asks for " + option + ", which is not done yet");
    assertThat(empty.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"triggers\":[{}]|either event or cron",
        "\"triggers\":[{\"event\":\"e\",\"cron\":\"* * * * *\"}]|either event or cron",
        "\"triggers\":[{\"event\":\"e\"},{\"event\":\"e\"}]|twice: e",
        "\"triggers\":[{\"cron\":\"* * * * *\"},{\"cron\":\"* * * * *\"}]|twice: * * * * *",
        "\"triggers\":[{\"cron\":\"now and then\"}]|malformed cron expression",
        "\"triggers\":[{\"cron\":\"TZ=Mars/Base 0 3 * * *\"}]|no time zone 'Mars/Base'",
        "\"triggers\":[{\"event\":\"e\",\"expression\":\"a ===\"}]|'a ===' is invalid",
        "\"triggers\":{\"event\":\"e\"}|triggers must be an array",
        "\"triggers\":[{\"event\":1}]|event must be a text",
        "\"concurrency\":{\"limit\":-1}|0 or more",
        "\"concurrency\":1.5|whole number",
        "\"concurrency\":\"many\"|must be an object",
        "\"concurrency\":{\"limit\":1,\"scope\":\"world\"}|fn, env or account",
        "\"concurrency\":{\"limit\":1,\"key\":\"((\"}|'((' is invalid"
      })
  void whatIsWrongWithAFunctionIsSaidWithItsId(String members, String sentence) {
    var problem = refused(Samples.function(members));

    assertThat(problem.code()).isEqualTo(Code.INVALID_FUNCTION);
    assertThat(problem.sentence()).startsWith("Function a-f: ").contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":\"a-f\"}|it has no steps.step.runtime.url",
        "{\"id\":\"a-f\",\"steps\":{\"step\":{\"runtime\":{\"url\":\"ws://a\"}}}}|no URL of HTTP",
        "{\"id\":\"\"}|must have an id",
        "{\"name\":\"f\"}|must have an id"
      })
  void aFunctionHasAnIdAndAPlace(String function, String sentence) {
    assertThat(refused(Samples.app(function)).sentence()).contains(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "21", "1.5", "\"3\""})
  void retriesAreNoughtToTwenty(String attempts) {
    var steps = "{\"step\":{\"runtime\":{\"url\":\"http://a/x\"},\"retries\":{\"attempts\":%s}}}";
    var function = "{\"id\":\"a-f\",\"steps\":" + steps.replace("%s", attempts) + "}";

    assertThat(refused(Samples.app(function)).sentence()).startsWith("Function a-f: ");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var functions =
        """
        {"id":"a-f","triggers":[{}],"steps":{"step":{"runtime":{"url":"http://a/x"}}}},
        {"id":"a-f","steps":{"step":{"runtime":{"url":"http://a/x"}}}},
        {"id":"a-g"}
        """;
    assertThat(refused(Samples.app(functions)).sentence())
        .isEqualTo(
            "Function a-f: each trigger must have either event or cron;"
                + " there are two functions with the id a-f;"
                + " function a-g: it has no steps.step.runtime.url");
  }

  @Test
  void elevenTriggersAreTooMany() {
    var triggers = "{\"event\":\"e\"},".repeat(10) + "{\"event\":\"e\"}";

    assertThat(refused(Samples.function("\"triggers\":[" + triggers + "]")).sentence())
        .contains("11 triggers, more than 10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|MALFORMED_JSON",
        "{|MALFORMED_JSON",
        "{\"url\":\"http://a/x\"}|INVALID_APP",
        "{\"appName\":\"a\"}|INVALID_APP",
        "{\"appName\":\"a\",\"url\":\"a/x\"}|INVALID_APP",
        "{\"appName\":1,\"url\":\"http://a/x\"}|INVALID_APP",
        "{\"appName\":\"a\",\"url\":\"http://a/x\",\"functions\":{\"id\":1}}|INVALID_APP"
      })
  void anAppHasANameAndAPlace(String body, Code code) {
    assertThat(refused(body).code()).isEqualTo(code);
  }

  @Test
  void anAppMayHaveNoFunctions() {
    assertThat(accepted(Samples.app("")).app().functions()).isEmpty();
  }

  private static Match equal(String path, String text) {
    return new Match(path, MatchValues.canonical(text));
  }

  private static Start start(String expression) {
    var escaped = expression.replace("\\", "\\\\").replace("\"", "\\\"");
    var triggers = "\"triggers\":[{\"event\":\"e\",\"expression\":\"" + escaped + "\"}]";
    return accepted(Samples.function(triggers)).app().functions().getFirst().starts().getFirst();
  }

  private static String checksum(String body) {
    return accepted(body).app().endpoint().orElseThrow().checksum();
  }

  private static Registration accepted(String body) {
    try {
      return Registration.parse(body.getBytes(UTF_8));
    } catch (ProblemException e) {
      return fail(e.problem().sentence());
    }
  }

  private static Problem refused(String body) {
    try {
      return fail("was accepted: " + Registration.parse(body.getBytes(UTF_8)));
    } catch (ProblemException e) {
      return e.problem();
    }
  }
}
