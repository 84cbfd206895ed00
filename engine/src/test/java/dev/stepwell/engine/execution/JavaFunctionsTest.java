package dev.stepwell.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.engine.function.Definition;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaFunctionsTest {

  private static final Story STORY = new Story((_, _) -> "");

  /** A function that may be registered under any name. */
  private record Digest(String name) implements DurableFunction<Story.Order, String> {
    @Override
    public FunctionSpec<Story.Order> spec() {
      return FunctionSpec.onEvents(name, Story.Order.class, "order/placed");
    }

    @Override
    public String run(Story.Order event, Steps step) {
      return name;
    }
  }

  @Test
  void aFunctionIsFoundByItsNameAndByItsClass() {
    var functions = new JavaFunctions(List.of(STORY));

    assertThat(functions.find("story")).isPresent();
    assertThat(functions.find("nobody")).isEmpty();
    assertThat(functions.idOf(Story.class)).isEqualTo("story");
  }

  @Test
  void aClassMayBeRegisteredUnderSeveralNamesButIsNoNameThen() {
    var functions = new JavaFunctions(List.of(new Digest("daily"), STORY, new Digest("weekly")));

    assertThat(functions.definitions())
        .extracting(Definition::id)
        .containsExactly("daily", "story", "weekly");
    assertThat(functions.find("daily")).isPresent();
    assertThat(functions.find("weekly")).isPresent();
    assertThatThrownBy(() -> functions.idOf(Digest.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("daily, weekly");
    assertThat(functions.idOf(Story.class)).isEqualTo("story");
  }

  @Test
  void aNameIsUsedOnceAndAClassThatIsNotRegisteredHasNone() {
    assertThatThrownBy(() -> new JavaFunctions(List.of(new Digest("a"), new Digest("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
    assertThatThrownBy(() -> new JavaFunctions(List.of(STORY)).idOf(Digest.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Digest.class.getName());
  }
}
