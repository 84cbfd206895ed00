package dev.stepwell.engine.sdk;

import static dev.stepwell.engine.sdk.App.op;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.FunctionCaller.Unanswered;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Ended;
import dev.stepwell.engine.run.StepState;
import dev.stepwell.engine.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls a run makes, and what it remembers of their answers. */
class SdkExecutionTest {

  private static final String A = StepKeys.hash("a");
  private static final String B = StepKeys.hash("b");

  private static Active active(App app) {
    return (Active) app.state;
  }

  private static String awaited(App app, String step) {
    return active(app).step(step) instanceof StepState.Waiting waiting
        ? waiting.begun().awaited().text()
        : "";
  }

  @Test
  void stepAfterStepIsExecutedAndTheFunctionReturns() {
    var app = new App(2);
    assertThat(app.call(0).version()).isEqualTo(-1);
    assertThat(app.call(0).body().toString())
        .contains("\"attempt\":0", "\"max_attempts\":3", "\"steps\":{}", "\"version\":-1")
        .contains("\"event\":{\"data\":{\"orderId\":\"o-1\"},\"id\":\"order-1\"");

    app.answers("step", "[" + op("StepRun", "a", ",\"data\":{\"n\":1.50}") + "]");
    assertThat(app.call(0).body().toString())
        .contains("\"steps\":{\"" + A + "\":{\"data\":{\"n\":1.50}}}")
        .contains("\"stack\":{\"current\":1,\"stack\":[\"" + A + "\"]}", "\"version\":2");

    app.answers("step", 200, "{\"done\":true}");
    assertThat(app.state)
        .isInstanceOfSatisfying(
            Ended.class,
            ended ->
                assertThat(ended.outcome())
                    .isEqualTo(new Outcome.Completed(Json.of("{\"done\":true}"))));
    assertThat(app.underWay()).isEmpty();
  }

  @Test
  void plannedStepsAreCalledEachAndTheFunctionOnceWhenAllAreOver() {
    var app = new App(2);
    app.answers("step", "[" + op("StepPlanned", "a", "") + "," + op("StepPlanned", "b", "") + "]");
    assertThat(app.underWay()).containsExactlyInAnyOrder(A, B);
    assertThat(app.call(0).body().toString()).contains("\"disable_immediate_execution\":true");

    app.answers(B, "[" + op("StepRun", "b", ",\"data\":2") + "]");
    assertThat(app.underWay()).containsExactly(A);
    app.answers(A, "[" + op("StepRun", "a", ",\"data\":1") + "]");

    assertThat(app.underWay()).containsExactly("step");
    assertThat(app.call(0).body().toString()).contains("\"disable_immediate_execution\":false");
  }

  @Test
  void ofVersionOneTheFunctionIsAskedAfterEachAndPlansAgainInVain() {
    var app = new App(1);
    var both = "[" + op("StepPlanned", "a", "") + "," + op("StepPlanned", "b", "") + "]";
    app.answers("step", both);
    app.answers(B, "[" + op("StepRun", "b", ",\"data\":2") + "]");
    assertThat(app.underWay()).containsExactlyInAnyOrder(A, "step");

    app.answers("step", "[" + op("StepPlanned", "a", "") + "]");
    assertThat(app.underWay()).containsExactly(A);
    app.answers(A, "[" + op("StepRun", "a", ",\"data\":1") + "]");
    assertThat(app.underWay()).containsExactly("step");
  }

  @Test
  void stepsThatRaceLetTheFunctionGoOnAfterTheFirst() {
    var app = new App(2);
    var race = ",\"opts\":{\"parallelMode\":\"race\"}";
    app.answers(
        "step", "[" + op("StepPlanned", "a", race) + "," + op("StepPlanned", "b", race) + "]");
    app.answers(A, "[" + op("StepRun", "a", ",\"data\":1") + "]");

    assertThat(app.underWay()).containsExactlyInAnyOrder(B, "step");
    app.answers("step", 200, "1");
    assertThat(app.state).isInstanceOf(Ended.class);
  }

  @Test
  void whatWasPlannedIsCalledAgainAfterACrash() {
    var app = new App(2);
    app.answers("step", "[" + op("StepPlanned", "a", "") + "," + op("StepPlanned", "b", "") + "]");
    app.answers(A, "[" + op("StepRun", "a", ",\"data\":1") + "]");

    app.crash();
    assertThat(app.underWay()).containsExactly(B);
    app.answers(B, "[" + op("StepRun", "b", ",\"data\":1") + "]");
    app.crash();
    assertThat(app.underWay()).containsExactly("step");
  }

  @Test
  void aStepThatFailsIsTriedAgainAfterAPauseAndThenTheFunctionIsToldOfItsError() {
    var app = new App(2);
    var error = ",\"error\":{\"name\":\"E\",\"message\":\"no\",\"stack\":\"s\",\"cause\":[1]}";
    app.answers("step", "[" + op("StepError", "a", error) + "]");
    assertThat(app.underWay()).isEmpty();

    app.sleep(60_000);
    assertThat(app.call(0).body().toString()).contains("\"attempt\":1", "\"steps\":{}");
    app.answers("step", "[" + op("StepFailed", "a", error) + "]");

    assertThat(active(app).step("a")).isInstanceOf(StepState.Failed.class);
    assertThat(app.call(0).body().toString())
        .contains("\"" + A + "\":{\"error\":{\"name\":\"E\",\"message\":\"no\"", "\"cause\":[1]")
        .contains("\"attempt\":0");
  }

  @Test
  void whileAPlannedStepExecutesTheFunctionMayFailAndTheStepsResultIsKept() {
    var app = new App(1);
    app.answers("step", "[" + op("StepPlanned", "a", "") + "," + op("StepPlanned", "b", "") + "]");
    app.answers(A, "[" + op("StepRun", "a", ",\"data\":1") + "]");
    app.answers("step", 500, "{\"name\":\"TypeError\",\"message\":\"x\",\"stack\":\"\"}");
    app.answers(B, "[" + op("StepRun", "b", ",\"data\":2") + "]");

    assertThat(active(app).step("b")).isInstanceOf(StepState.Succeeded.class);
    assertThat(app.underWay()).containsExactly("step");
  }

  @Test
  void aSleepIsOverWithoutACallAndThenTheFunctionIsAsked() {
    var app = new App(2);
    app.answers("step", "[" + op("Sleep", "10s", "") + "]");
    app.crash();
    assertThat(app.underWay()).isEmpty();
    assertThat(app.idle).isTrue();

    app.sleep(9_999);
    assertThat(app.underWay()).isEmpty();
    app.sleep(1);
    assertThat(app.call(0).body().toString()).contains("\"" + StepKeys.hash("10s") + "\":null");
  }

  @Test
  void whoIsUnreachableIsCalledAgainUntilTheAttemptsAreOver() {
    var app = new App(2);
    for (var attempt = 0; attempt < 3; attempt++) {
      assertThat(app.call(0).body().toString()).contains("\"attempt\":" + attempt);
      app.reply("step", new Unanswered("unreachable", "nobody is there"));
      if (attempt < 2) {
        app.sleep(600_000);
      }
    }
    assertThat(app.state)
        .isInstanceOfSatisfying(
            Ended.class,
            ended ->
                assertThat(ended.outcome().toString()).contains("unreachable", "nobody is there"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{\"op\":\"None\"}]"})
  void anAnswerThatLeadsNowhereIsAFailedAttemptAndNoEndlessLoop(String nothing) {
    var app = new App(2);
    app.answers("step", nothing);

    assertThat(app.underWay()).isEmpty();
    assertThat(active(app).setback()).isPresent();
    app.sleep(600_000);
    assertThat(app.underWay()).containsExactly("step");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "{}",
        "[1]",
        "[{\"op\":\"Dance\"}]",
        "[{\"op\":\"StepRun\"}]",
        "\"x\"",
        "[{\"op\":\"Sleep\",\"id\":\"x\",\"name\":\"soon\"}]",
        "[{\"op\":\"WaitForSignal\",\"id\":\"x\"}]",
        "[{\"op\":\"InvokeFunction\",\"id\":\"x\"}]"
      })
  void whatCannotBeReadIsAFailedAttempt(String body) {
    var app = new App(2);
    app.answers("step", body);

    assertThat(active(app).setback().orElseThrow().failure().name()).isEqualTo("invalid_answer");
  }

  @Test
  void anAnswerThatIsNotForTheStepThatWasCalledIsAFailedAttemptOfItAndNoEndlessLoop() {
    var app = new App(2);
    var both = "[" + op("StepPlanned", "a", "") + "," + op("StepPlanned", "b", "") + "]";
    app.answers("step", both);
    app.answers(A, both);
    app.answers(B, "[" + op("StepRun", "b", ",\"data\":2") + "]");

    assertThat(app.underWay()).isEmpty();
    assertThat(active(app).step("a"))
        .isInstanceOfSatisfying(
            StepState.Retrying.class,
            step -> assertThat(step.failure().name()).isEqualTo("no_progress"));
    app.sleep(600_000);
    assertThat(app.underWay()).containsExactly(A);
  }

  @Test
  void whatIsNotFromAnSdkIsAFailedAttempt() {
    var app = new App(2);
    app.reply("step", app.answered(502, "<html>Bad gateway</html>", false));

    assertThat(active(app).setback().orElseThrow().failure().message())
        .isEqualTo("Your server returned HTTP 502 before the SDK responded.");
  }

  @Test
  void anUnknownFunctionIsNotInvokedAndTheFunctionIsTold() {
    var app = new App(2);
    app.answers(
        "step", "[" + op("InvokeFunction", "a", ",\"opts\":{\"function_id\":\"shop-none\"}") + "]");

    assertThat(app.call(0).body().toString())
        .contains("could not find function with ID: shop-none");
  }

  @Test
  void aWaitForTheSameValueIsFoundByItAndAnyOtherIsAskedOfTheRun() {
    var app = new App(2);
    var same = ",\"opts\":{\"timeout\":\"1h\",\"if\":\"event.data.orderId == async.data.id\"}";
    var other = ",\"opts\":{\"timeout\":\"1h\",\"if\":\"async.data.n > 3\"}";
    app.answers(
        "step", "[" + op("WaitForEvent", "a", same) + "," + op("WaitForEvent", "b", other) + "]");

    assertThat(awaited(app, "a")).isEqualTo("a where data.id == \"o-1\"");
    assertThat(awaited(app, "b")).isEqualTo("b where async.data.n > 3");
  }

  @Test
  void anExpressionThatCannotBeCompiledEndsTheRun() {
    var app = new App(2);
    app.answers(
        "step",
        "[" + op("WaitForEvent", "a", ",\"opts\":{\"timeout\":\"1h\",\"if\":\"a === b\"}") + "]");

    assertThat(app.state)
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> assertThat(ended.outcome().toString()).contains("InvalidExpression"));
  }
}
