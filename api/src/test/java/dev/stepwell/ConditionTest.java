package dev.stepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

  enum Colour {
    RED {
      @Override
      public String toString() {
        return "rouge";
      }
    }
  }

  record Order(String id, int amount, Colour colour) {}

  private static Object stored(Object value) {
    return new Condition("data.x", value).value();
  }

  @Test
  void thePathIsDataAndTheNameOfTheComponent() {
    Steps.Component<Order, Integer> amount = Order::amount;

    assertThat(Condition.of(amount, 3)).isEqualTo(new Condition("data.amount", 3L));
  }

  @Test
  void aWholeNumberIsALongWhateverItWas() {
    assertThat(List.of(stored((byte) 7), stored((short) 7), stored(7), stored(7L)))
        .containsOnly(7L);
  }

  @Test
  void aFloatKeepsTheDigitsItIsWrittenWith() {
    assertThat(stored(0.1f)).isEqualTo(0.1d);
    assertThat(stored(0.1d)).isEqualTo(0.1d);
  }

  @Test
  void bigNumbersStayExact() {
    var big = new BigInteger("123456789012345678901234567890");
    var precise = new BigDecimal("0.10");

    assertThat(stored(big)).isEqualTo(big);
    assertThat(stored(precise)).isEqualTo(precise);
  }

  @Test
  void anEnumIsItsNameWhateverItPrints() {
    assertThat(stored(Colour.RED)).isEqualTo("RED");
  }

  @Test
  void textIsText() {
    var id = UUID.randomUUID();

    assertThat(stored("")).isEqualTo("");
    assertThat(stored('c')).isEqualTo("c");
    assertThat(stored(true)).isEqualTo(true);
    assertThat(stored(id)).isEqualTo(id.toString());
  }

  @Test
  void whatIsNoScalarIsRefused() {
    for (var wrong :
        List.of(Instant.EPOCH, List.of(1), new Order("o", 1, Colour.RED), new AtomicInteger())) {
      assertThatThrownBy(() -> stored(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.getClass().getName());
    }
  }

  @Test
  void whatJsonCannotWriteIsRefused() {
    for (var wrong : List.<Number>of(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN)) {
      assertThatThrownBy(() -> stored(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data", "data.", "data.1", "data.a.b", "data.a b", "user.id", "a"})
  void aPathMayNotBe(String path) {
    assertThatThrownBy(() -> new Condition(path, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + path + "'");
  }
}
