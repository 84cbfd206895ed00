package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerTest {

  @EventName("order/item.added")
  record ItemAdded(String text, int number) {}

  @EventName("order/placed")
  record Placed(String text, int number) {}

  record AnyOrder(String text, int number) {}

  private static Story on(String name, String... patterns) {
    return new Story(
        FunctionSpec.onEvents(name, Go.class, patterns), (_, step) -> step.event().name());
  }

  private static List<String> started(TestEngine engine, Record event) {
    return engine.sendAll(event).stream().map(TestRun::function).sorted().toList();
  }

  @Test
  void anEventStartsEveryFunctionWhosePatternFits() {
    try (var engine =
        TestEngine.with(
            on("exact", "order/item.added"),
            on("items", "order/item.*"),
            on("orders", "order/*"),
            on("others", "invoice/*"))) {
      assertThat(started(engine, new ItemAdded("a", 1)))
          .containsExactly("exact", "items", "orders");
      assertThat(started(engine, new Placed("a", 1))).containsExactly("orders");
    }
  }

  @Test
  void oneEventStartsOneRunHoweverManyTriggersFit() {
    try (var engine = TestEngine.with(on("many", "order/*", "order/item.*", "order/item.added"))) {
      assertThat(engine.send(new ItemAdded("a", 1)).outcome(String.class))
          .isEqualTo("order/item.added");
    }
  }

  @Test
  void aFunctionOfSeveralTriggersIsStartedByEach() {
    try (var engine = TestEngine.with(on("both", "order/placed", "order/item.added"))) {
      assertThat(started(engine, new Placed("a", 1))).containsExactly("both");
      assertThat(started(engine, new ItemAdded("a", 1))).containsExactly("both");
    }
  }

  @Test
  void aConditionThatDoesNotHoldStartsNothing() {
    var spec = FunctionSpec.onEvent("picky", Go.class).where(Go::text).is("yes");
    try (var engine = TestEngine.with(new Story(spec, (go, _) -> go.text()))) {
      assertThat(engine.sendAll(new Go("no"))).isEmpty();
      assertThat(engine.send(new Go("yes")).outcome(String.class)).isEqualTo("yes");
    }
  }

  @Test
  void allConditionsMustHold() {
    var spec =
        FunctionSpec.onEvents("picky", Answer.class, "test/answer")
            .where(Answer::about)
            .is("a")
            .where(Answer::number)
            .is(7);
    try (var engine = TestEngine.with(new AnswerStory(spec))) {
      assertThat(engine.sendAll(new Answer("a", 8), new Answer("b", 7))).isEmpty();
      assertThat(engine.sendAll(new Answer("a", 7))).hasSize(1);
    }
  }

  record AnswerStory(FunctionSpec<Answer> spec)
      implements dev.stepwell.DurableFunction<Answer, String> {
    @Override
    public String run(Answer answer, dev.stepwell.Steps step) {
      return answer.about();
    }
  }

  @Test
  void anEventOfAnEndStartsWhoeverListensToIt() {
    var audit =
        new Story(
            FunctionSpec.onEvents("audit", Go.class, "inngest/function.finished"),
            (_, step) -> step.event().name());
    try (var engine = TestEngine.with(Story.of((go, _) -> go.text()), audit)) {
      engine.send(Go.GO);

      assertThat(engine.runs("story")).hasSize(1);
      assertThat(engine.run("audit").outcome(String.class)).isEqualTo("inngest/function.finished");
    }
  }
}
