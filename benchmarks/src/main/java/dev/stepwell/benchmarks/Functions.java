package dev.stepwell.benchmarks;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

/** The functions that are measured. */
final class Functions {
  private Functions() {}

  private static final int RESULT_BYTES = 200;
  private static final String RESULT = "x".repeat(RESULT_BYTES - 2);

  static final String ORDER =
      """
      {"name":"bench/order","data":{"orderId":"A-4711","customer":"ada@example.com",\
      "lines":[{"sku":"tea","quantity":1}],"total":1299}}\
      """;

  @EventName("bench/order")
  record Order(String orderId) {}

  /** Three steps with results of 200 bytes each, as JSON. */
  static final class ThreeSteps implements DurableFunction<Order, String> {
    static final String NAME = "three-steps";

    @Override
    public FunctionSpec<Order> spec() {
      return FunctionSpec.onEvent(NAME, Order.class);
    }

    @Override
    public String run(Order order, Steps step) {
      var first = step.run("charge", () -> RESULT);
      var second = step.run("reserve", () -> first);
      return step.run("ship", () -> second);
    }
  }

  static final String NAP = "{\"name\":\"bench/nap\",\"data\":{\"untilMillis\":#############}}";

  @EventName("bench/nap")
  record Nap(long untilMillis) {}

  /**
   * Sleeps until an instant.
   *
   * @param lateMillis told by how much the code after it is late
   */
  record Sleeper(LongConsumer lateMillis) implements DurableFunction<Nap, Boolean> {
    static final String NAME = "sleeper";

    @Override
    public FunctionSpec<Nap> spec() {
      return FunctionSpec.onEvent(NAME, Nap.class);
    }

    @Override
    public Boolean run(Nap nap, Steps step) {
      step.sleepUntil("nap", Instant.ofEpochMilli(nap.untilMillis()));
      lateMillis.accept(System.currentTimeMillis() - nap.untilMillis());
      return true;
    }
  }

  static final String QUESTION = "{\"name\":\"bench/question\",\"data\":{\"number\":1########}}";
  static final String ANSWER =
      "{\"name\":\"bench/answer\",\"data\":{\"number\":1########,\"text\":\"approved\"}}";

  @EventName("bench/question")
  record Question(long number) {}

  @EventName("bench/answer")
  record Answer(long number, String text) {}

  /** Waits for the one answer that has its number. */
  static final class Asker implements DurableFunction<Question, String> {
    static final String NAME = "asker";

    @Override
    public FunctionSpec<Question> spec() {
      return FunctionSpec.onEvent(NAME, Question.class);
    }

    @Override
    public String run(Question question, Steps step) {
      return step.waitFor("answer", Answer.class)
          .where(Answer::number)
          .is(question.number())
          .atMost(Duration.ofDays(1))
          .map(Answer::text)
          .orElse("nobody");
    }
  }
}
