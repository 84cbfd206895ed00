package dev.stepwell.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.stepwell.NonRetryableException;
import dev.stepwell.engine.wire.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonValuesTest {

  enum Size {
    SMALL,
    LARGE
  }

  record Line(String sku, int quantity) {}

  record Everything(
      String text,
      long number,
      double ratio,
      boolean flag,
      BigDecimal exact,
      Size size,
      Instant at,
      Duration lasts,
      LocalDate day,
      UUID id,
      Optional<String> some,
      Optional<Line> none,
      OptionalInt maybe,
      List<Line> lines,
      Map<String, List<Line>> byName,
      Set<Size> sizes,
      @Nullable String nothing) {}

  sealed interface Outcome {
    record Shipped(String code) implements Outcome {}

    record Declined(String reason, Outcome instead) implements Outcome {}

    record Nothing() implements Outcome {}

    enum Odd implements Outcome {
      LOST,
      EATEN {
        @Override
        public String toString() {
          return "by the dog";
        }
      }
    }

    sealed interface Late extends Outcome {
      record ByDays(int days) implements Late {}
    }
  }

  record Outcomes(List<Outcome> all, Optional<Outcome> last) {}

  record Oddity(Outcome.Odd odd) {}

  /** Its leaves lie below a class of its own. */
  sealed interface Shape {}

  abstract static sealed class Round implements Shape {
    public final String kind = "round";
  }

  static final class Circle extends Round {}

  static final class Square implements Shape {
    public final String kind = "square";
  }

  record Endless(BigInteger number, Map<String, String> members) {}

  record Bare(@JsonValue String text) {}

  record Raw(@JsonRawValue String member) {}

  record Page<T>(T value, List<T> more) {}

  record Wrapped(Page<Line> page) {}

  @Test
  void aRecordOfEverythingComesBackAsItWas() {
    var value =
        new Everything(
            "\u00E4\uD83D\uDC4D\"\n\u0000",
            Long.MIN_VALUE,
            0.1,
            true,
            new BigDecimal("12345678901234567890.123456789"),
            Size.LARGE,
            Instant.parse("2026-01-01T12:00:00.123456789Z"),
            Duration.ofSeconds(1, 5),
            LocalDate.of(2026, 2, 28),
            new UUID(1, 2),
            Optional.of("x"),
            Optional.empty(),
            OptionalInt.of(7),
            List.of(new Line("a", 1)),
            Map.of("k", List.of(new Line("b", 2))),
            Set.of(Size.SMALL),
            null);

    assertThat(JsonValues.read(JsonValues.write(value), Everything.class)).isEqualTo(value);
  }

  @Test
  void instantsAreText() {
    assertThat(JsonValues.write(Instant.parse("2026-01-01T00:00:00Z")))
        .hasToString("\"2026-01-01T00:00:00Z\"");
  }

  @Test
  void nullIsNull() {
    assertThat(JsonValues.write(null)).isEqualTo(Json.NULL);
    assertThat(JsonValues.read(Json.NULL, Line.class)).isNull();
  }

  @Test
  void aRecordOfASealedInterfaceSaysWhichItIs() {
    assertThat(JsonValues.write(new Outcome.Shipped("c-1")))
        .hasToString("{\"@type\":\"Shipped\",\"code\":\"c-1\"}");
  }

  @Test
  void sealedInterfacesComeBackAsTheRecordsTheyWereAtAnyDepth() {
    var values =
        List.<Outcome>of(
            new Outcome.Shipped("c-1"),
            new Outcome.Declined("no", new Outcome.Shipped("c-2")),
            new Outcome.Nothing(),
            new Outcome.Late.ByDays(3));
    for (var value : values) {
      assertThat(JsonValues.read(JsonValues.write(value), Outcome.class)).isEqualTo(value);
    }
    var all = new Outcomes(values, Optional.of(new Outcome.Nothing()));
    assertThat(JsonValues.read(JsonValues.write(all), Outcomes.class)).isEqualTo(all);
  }

  @Test
  void oneRecordOfASealedInterfaceMayBeReadAsItselfWhetherItSaysSoOrNot() {
    var value = new Outcome.Shipped("c-1");
    for (var json :
        List.of(
            JsonValues.write(value),
            Json.of("{\"code\":\"c-1\"}"),
            Json.of("{\"@type\":\"what/the/sender/calls/it\",\"code\":\"c-1\"}"))) {
      assertThat(JsonValues.read(json, Outcome.Shipped.class)).isEqualTo(value);
    }
  }

  @Test
  void enumsOfASealedInterfaceComeBackWhateverTheyAreReadAs() {
    for (var value : List.of(Outcome.Odd.LOST, Outcome.Odd.EATEN)) {
      var json = JsonValues.write(value);
      assertThat(JsonValues.read(json, Outcome.class)).isEqualTo(value);
      assertThat(JsonValues.read(json, Outcome.Odd.class)).isEqualTo(value);
    }
    var all = new Outcomes(List.of(Outcome.Odd.LOST), Optional.of(Outcome.Odd.EATEN));
    assertThat(JsonValues.read(JsonValues.write(all), Outcomes.class)).isEqualTo(all);
  }

  @Test
  void anEnumThatStandsForItselfIsItsName() {
    assertThat(JsonValues.write(new Oddity(Outcome.Odd.LOST))).hasToString("{\"odd\":\"LOST\"}");
    assertThat(JsonValues.read(Json.of("{\"odd\":\"EATEN\"}"), Oddity.class))
        .isEqualTo(new Oddity(Outcome.Odd.EATEN));
    assertThat(JsonValues.write(Size.LARGE)).hasToString("\"LARGE\"");
  }

  @Test
  void classesOfASealedInterfaceComeBackToo() {
    for (var value : List.<Shape>of(new Circle(), new Square())) {
      assertThat(JsonValues.read(JsonValues.write(value), Shape.class))
          .hasSameClassAs(value)
          .usingRecursiveComparison()
          .isEqualTo(value);
    }
  }

  @Test
  void whatCanBeWrittenCanBeReadHoweverLong() {
    var value = new Endless(BigInteger.TEN.pow(5_000), Map.of("k".repeat(100_000), "v"));
    assertThat(JsonValues.read(JsonValues.write(value), Endless.class)).isEqualTo(value);
  }

  @Test
  void whatIsForOthersIsAnObject() {
    assertThat(JsonValues.writeObject(new Line("a", 1)))
        .hasToString("{\"sku\":\"a\",\"quantity\":1}");
    for (var odd : List.of(new Bare("x"), new Raw("}"), new Raw("1}{"), new Raw("nonsense"))) {
      assertThatThrownBy(() -> JsonValues.writeObject(odd))
          .as(odd.toString())
          .isInstanceOf(NonRetryableException.class);
    }
  }

  @Test
  void genericsInsideARecordKeepTheirTypes() {
    var wrapped = new Wrapped(new Page<>(new Line("a", 1), List.of(new Line("b", 2))));
    assertThat(JsonValues.read(JsonValues.write(wrapped), Wrapped.class)).isEqualTo(wrapped);
  }

  @Test
  void aRecordMayLoseAndGainComponents() {
    assertThat(JsonValues.read(Json.of("{\"sku\":\"a\",\"gone\":{\"x\":1}}"), Line.class))
        .isEqualTo(new Line("a", 0));
  }

  @Test
  void fourMebibytesAreKeptAndNotOneByteMore() {
    var quotes = 2;
    var most = "x".repeat(JsonValues.BYTES_MAX - quotes);
    assertThat(JsonValues.write(most).sizeBytes()).isEqualTo(JsonValues.BYTES_MAX);
    assertThatThrownBy(() -> JsonValues.write(most + "x"))
        .isInstanceOf(NonRetryableException.class)
        .hasMessageContaining(Integer.toString(JsonValues.BYTES_MAX + 1));
  }

  @Test
  void whatHasNoEndIsRefused() {
    var endless = new ArrayList<Object>();
    endless.add(endless);
    assertThatThrownBy(() -> JsonValues.write(endless)).isInstanceOf(NonRetryableException.class);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> JsonValues.read(Json.of("\"text\""), Line.class))
        .isInstanceOf(NonRetryableException.class)
        .hasMessageContaining(Line.class.getName());
    assertThatThrownBy(() -> JsonValues.read(Json.of("{\"@type\":\"Stolen\"}"), Outcome.class))
        .isInstanceOf(NonRetryableException.class);
  }
}
