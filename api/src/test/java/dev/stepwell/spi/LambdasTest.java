package dev.stepwell.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.Steps.Action;
import dev.stepwell.Steps.Component;
import dev.stepwell.Steps.Work;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LambdasTest {

  interface Identified {
    String id();
  }

  enum Grade {
    LOW,
    HIGH {
      @Override
      boolean good() {
        return true;
      }
    };

    boolean good() {
      return false;
    }
  }

  record Order(String id, int amount, Grade grade, List<String> lines) implements Identified {
    Order() {
      this("o-1", 1, Grade.LOW, List.of());
    }

    String label() {
      return id + amount;
    }

    static String describe(Order order) {
      return order.label();
    }
  }

  record Envelope<T>(String id, T body) {}

  sealed interface Outcome {
    record Shipped(String code) implements Outcome {}

    record Declined(String reason) implements Outcome {}
  }

  abstract static class Shape {}

  static class Lines extends ArrayList<Order> {
    private static final long serialVersionUID = 1L;
  }

  static Order makeOrder() {
    return new Order();
  }

  Order findOrder() {
    return new Order();
  }

  private static String nameOf(Component<Order, ?> component) {
    return Lambdas.componentName(component);
  }

  private static <T extends @Nullable Object> Class<?> typeOf(Work<T> work) {
    return Lambdas.resultType(work);
  }

  @Nested
  class TheNameOfAComponent {

    @Test
    void isThatOfTheAccessor() {
      assertThat(nameOf(Order::id)).isEqualTo("id");
    }

    @Test
    void isReadThroughTheBoxOfAPrimitive() {
      assertThat(nameOf(Order::amount)).isEqualTo("amount");
    }

    @Test
    void isReadOffAGenericRecord() {
      Component<Envelope<Order>, Order> body = Envelope::body;

      assertThat(Lambdas.componentName(body)).isEqualTo("body");
    }

    @Test
    void isTheSameWhenAskedAgain() {
      for (var round = 0; round < 3; round++) {
        assertThat(nameOf(Order::grade)).isEqualTo("grade");
      }
    }

    @Test
    void isNotReadOffALambda() {
      assertThatThrownBy(() -> nameOf(order -> order.id()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("OrderPlaced::orderId")
          .hasMessageContaining("a lambda in " + LambdasTest.class.getName());
    }

    @Test
    void isNotReadOffAnotherMethodOfTheRecord() {
      assertThatThrownBy(() -> nameOf(Order::label)).hasMessageContaining("Order::label");
      assertThatThrownBy(() -> nameOf(Order::toString)).hasMessageContaining("::toString");
      assertThatThrownBy(() -> nameOf(Order::hashCode)).hasMessageContaining("::hashCode");
    }

    @Test
    void isNotReadOffAStaticMethod() {
      assertThatThrownBy(() -> nameOf(Order::describe)).hasMessageContaining("Order::describe");
    }

    @Test
    void isNotReadOffAnInterface() {
      assertThatThrownBy(() -> nameOf(Identified::id)).hasMessageContaining("Identified::id");
    }

    @Test
    void isNotReadOffAMethodOfAnotherObject() {
      var other = new Order();

      assertThatThrownBy(() -> nameOf(other::equals)).hasMessageContaining("::equals");
    }

    @Test
    void isNotReadOffAnObjectOfAClass() {
      Component<Order, String> component =
          new Component<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public String of(Order order) {
              return order.id();
            }
          };

      assertThatThrownBy(() -> nameOf(component)).hasMessageContaining("LambdasTest$");
    }
  }

  @Nested
  class TheTypeOfAResult {

    private final Order captured = new Order();

    @Test
    void isReadOffAnExpression() {
      assertThat(typeOf(() -> new Order())).isEqualTo(Order.class);
    }

    @Test
    void isReadOffABlock() {
      assertThat(
              typeOf(() -> {
                var order = new Order();
                return order.grade();
              }))
          .isEqualTo(Grade.class);
    }

    @Test
    void isReadOffALambdaThatCaptures() {
      var local = "x".repeat(3);

      assertThat(typeOf(() -> local + captured.id())).isEqualTo(String.class);
    }

    @Test
    void isTheBoxOfAPrimitive() {
      assertThat(typeOf(() -> 1)).isEqualTo(Integer.class);
      assertThat(typeOf(() -> 1L)).isEqualTo(Long.class);
      assertThat(typeOf(() -> true)).isEqualTo(Boolean.class);
      assertThat(typeOf(() -> 1.5)).isEqualTo(Double.class);
      assertThat(typeOf(captured::amount)).isEqualTo(Integer.class);
    }

    @Test
    void isReadOffMethodReferencesOfEveryKind() {
      assertThat(typeOf(LambdasTest::makeOrder)).isEqualTo(Order.class);
      assertThat(typeOf(new LambdasTest()::findOrder)).isEqualTo(Order.class);
      assertThat(typeOf(captured::grade)).isEqualTo(Grade.class);
      assertThat(typeOf(Order::new)).isEqualTo(Order.class);
    }

    @Test
    void isReadOffAnUnboundReference() {
      Component<Order, Grade> unbound = Order::grade;

      assertThat(Lambdas.resultType(unbound)).isEqualTo(Grade.class);
    }

    @Test
    void isReadOffTheConstructorOfALocalRecord() {
      record Local() {}

      assertThat(typeOf(Local::new)).isEqualTo(Local.class);
    }

    @Test
    void isWhatTheCallerAskedForIfThatIsWider() {
      Work<Outcome> work = () -> new Outcome.Shipped("c");

      assertThat(Lambdas.resultType(work)).isEqualTo(Outcome.class);
    }

    @Test
    void mayBeASealedInterfaceOrAnEnumWhoseConstantsHaveBodies() {
      assertThat(typeOf(() -> (Outcome) new Outcome.Declined("d"))).isEqualTo(Outcome.class);
      assertThat(typeOf(() -> Grade.HIGH)).isEqualTo(Grade.class);
    }

    @Test
    void mayBeAnArray() {
      assertThat(typeOf(() -> new byte[0])).isEqualTo(byte[].class);
      assertThat(typeOf(() -> new Order[0][0])).isEqualTo(Order[][].class);
    }

    @Test
    void mayBeAPlainClassThatExtendsAGenericOne() {
      assertThat(typeOf(() -> new Lines())).isEqualTo(Lines.class);
      assertThat(typeOf(() -> BigDecimal.ONE)).isEqualTo(BigDecimal.class);
    }

    @Test
    void isObjectIfTheWorkCanOnlyThrow() {
      assertThat(
              typeOf(() -> {
                throw new IllegalStateException();
              }))
          .isEqualTo(Object.class);
    }

    @Test
    void isVoidForAnAction() {
      Action action = () -> {};

      assertThat(Lambdas.resultType(action.asWork())).isEqualTo(Void.class);
    }

    @Test
    void differsBetweenTwoLambdasOfOneMethod() {
      var types = List.<Class<?>>of(typeOf(() -> "a"), typeOf(() -> 1), typeOf(() -> "b"));

      assertThat(types).isEqualTo(List.of(String.class, Integer.class, String.class));
    }

    @Test
    void isNotGeneric() {
      assertThatThrownBy(() -> typeOf(() -> List.of(new Order())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("java.util.List")
          .hasMessageContaining("wrap it in a record");
      assertThatThrownBy(() -> typeOf(() -> Optional.of("x"))).hasMessageContaining("Optional");
      assertThatThrownBy(() -> typeOf(() -> new Envelope<>("e", 1)))
          .hasMessageContaining("Envelope");
      assertThatThrownBy(() -> typeOf(() -> new List<?>[0])).hasMessageContaining("List[]");
    }

    @Test
    void isNotLostInAMethodThatIsItselfGeneric() {
      assertThat(typeOf(deferred(() -> "x"))).isEqualTo(Object.class);
      assertThatThrownBy(() -> typeOf(deferredRecord(Order::new)))
          .hasMessageContaining("java.lang.Record");
    }

    @Test
    void isNothingThatCannotBeReadBack() {
      assertThatThrownBy(() -> typeOf(() -> (Identified) new Order()))
          .hasMessageContaining("Identified")
          .hasMessageContaining("which class to read it back as");
      assertThatThrownBy(() -> typeOf(() -> (Shape) new Shape() {})).hasMessageContaining("Shape");
      assertThatThrownBy(() -> typeOf(() -> (Number) 1)).hasMessageContaining("Number");
      assertThatThrownBy(() -> typeOf(() -> (Serializable) "x")).hasMessageContaining("Serial");
    }

    @Test
    void isUnknownForAnObjectOfAClass() {
      Work<String> work =
          new Work<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public String perform() {
              return "x";
            }
          };

      assertThatThrownBy(() -> typeOf(work))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not a lambda")
          .hasMessageContaining("Charge.class");
    }

    @Test
    void isUnknownForALambdaOfAClosedModule() {
      var closed = (Serializable) Map.Entry.<String, String>comparingByKey();

      assertThatThrownBy(() -> Lambdas.resultType(closed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("module java.base")
          .hasMessageContaining("open its package");
    }

    private static <T> Work<T> deferred(Supplier<T> supplier) {
      return () -> supplier.get();
    }

    private static <T extends Record> Work<T> deferredRecord(Supplier<T> supplier) {
      return supplier::get;
    }
  }
}
