package dev.stepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.FunctionSpec.Tick;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionSpecTest {

  @EventName("order/placed")
  record OrderPlaced(String orderId, String country, int amount, Instant at) {}

  record Nameless() {}

  private static FunctionSpec<OrderPlaced> spec() {
    return FunctionSpec.onEvent("fulfil-order", OrderPlaced.class);
  }

  private static String[] patterns(int count) {
    return IntStream.range(0, count).mapToObj(n -> "order/" + n).toArray(String[]::new);
  }

  @Test
  void anEventStartsItUnlessSaidOtherwiseWithFourRetriesAndNoLimit() {
    assertThat(spec())
        .isEqualTo(
            new FunctionSpec<>(
                "fulfil-order",
                OrderPlaced.class,
                List.of(new Trigger.OnEvent<>("order/placed", List.of())),
                4,
                Optional.empty()));
  }

  @Test
  void aClockStartsItWithATick() {
    var berlin = ZoneId.of("Europe/Berlin");

    var spec = FunctionSpec.onCron("digest", "0 * * * *", berlin);

    assertThat(spec.event()).isEqualTo(Tick.class);
    assertThat(spec.triggers()).isEqualTo(List.of(new Trigger.OnCron("0 * * * *", berlin)));
  }

  @Test
  void severalNamesAndPatternsStartItEvenIfTheRecordHasNoName() {
    var spec = FunctionSpec.onEvents("audit", Nameless.class, "order/*", "inngest/function.*");

    assertThat(spec.triggers())
        .isEqualTo(
            List.of(
                new Trigger.OnEvent<>("order/*", List.of()),
                new Trigger.OnEvent<>("inngest/function.*", List.of())));
  }

  @Test
  void aRecordWithoutANameCannotStartItAlone() {
    assertThatThrownBy(() -> FunctionSpec.onEvent("audit", Nameless.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nameless");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "-", "send-welcome-2"})
  void mayBeCalled(String name) {
    assertThat(FunctionSpec.onEvent(name, OrderPlaced.class).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "a_b", "a/b", "ä", "a\n"})
  void mayNotBeCalled(String name) {
    assertThatThrownBy(() -> FunctionSpec.onEvent(name, OrderPlaced.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void itsNameEndsAtAHundredCharacters() {
    assertThat(FunctionSpec.onEvent("a".repeat(100), OrderPlaced.class).name()).hasSize(100);
    assertThatThrownBy(() -> FunctionSpec.onEvent("a".repeat(101), OrderPlaced.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasOneToTenTriggers() {
    assertThat(FunctionSpec.onEvents("f", Nameless.class, patterns(10)).triggers()).hasSize(10);
    assertThatThrownBy(() -> FunctionSpec.onEvents("f", Nameless.class, patterns(11)))
        .hasMessageContaining("11 triggers");
    assertThatThrownBy(() -> FunctionSpec.onEvents("f", Nameless.class))
        .hasMessageContaining("0 triggers");
  }

  @Test
  void hasNoTriggerTwice() {
    assertThatThrownBy(() -> FunctionSpec.onEvents("f", Nameless.class, "a/b", "a/*", "a/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void retriesZeroToTwentyTimes() {
    assertThat(spec().retries(0).retries()).isZero();
    assertThat(spec().retries(20).retries()).isEqualTo(20);
    assertThatThrownBy(() -> spec().retries(-1)).hasMessageContaining("was -1");
    assertThatThrownBy(() -> spec().retries(21)).hasMessageContaining("was 21");
  }

  @Test
  void theTriggersItWasMadeOfCannotBeChangedLater() {
    var triggers = new ArrayList<Trigger<OrderPlaced>>();
    triggers.add(new Trigger.OnEvent<>("a", List.of()));
    var spec = new FunctionSpec<>("f", OrderPlaced.class, triggers, 4, Optional.empty());

    triggers.clear();

    assertThat(spec.triggers()).hasSize(1);
  }

  @Test
  void aLimitAloneCountsAllRuns() {
    var concurrency = spec().concurrency(5).concurrency().orElseThrow();

    assertThat(concurrency.limit()).isEqualTo(5);
    assertThat(concurrency.keyPath()).isEmpty();
  }

  @Test
  void aLimitWithAKeyNamesTheComponent() {
    var concurrency = spec().concurrency(1, OrderPlaced::country).concurrency().orElseThrow();

    assertThat(concurrency.keyPath()).contains("data.country");
  }

  @Test
  void aLimitIsOneToAHundredThousand() {
    assertThat(spec().concurrency(100_000).concurrency()).isPresent();
    assertThatThrownBy(() -> spec().concurrency(0)).hasMessageContaining("was 0");
    assertThatThrownBy(() -> spec().concurrency(100_001)).hasMessageContaining("was 100001");
  }

  @Test
  void aKeyThatIsNoAccessorIsRefusedAtOnce() {
    assertThatThrownBy(() -> spec().concurrency(1, order -> order.orderId() + "!"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accessor");
  }

  @Test
  void everyConditionHoldsForEveryTrigger() {
    var spec =
        FunctionSpec.onEvents("f", OrderPlaced.class, "order/placed", "order/repeated")
            .where(OrderPlaced::country)
            .is("DE")
            .where(OrderPlaced::amount)
            .is(100);

    var both = List.of(new Condition("data.country", "DE"), new Condition("data.amount", 100L));
    assertThat(spec.triggers())
        .isEqualTo(
            List.of(
                new Trigger.OnEvent<>("order/placed", both),
                new Trigger.OnEvent<>("order/repeated", both)));
  }

  @Test
  void twoConditionsOnOneComponentAreRefused() {
    var german = spec().where(OrderPlaced::country).is("DE");

    assertThatThrownBy(() -> german.where(OrderPlaced::country).is("FR"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("data.country");
  }

  @Test
  void moreThanTenConditionsAreRefused() {
    var conditions = IntStream.range(0, 11).mapToObj(n -> new Condition("data.c" + n, n)).toList();

    assertThat(new Trigger.OnEvent<OrderPlaced>("a", conditions.subList(0, 10)).conditions())
        .hasSize(10);
    assertThatThrownBy(() -> new Trigger.OnEvent<OrderPlaced>("a", conditions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 11");
  }

  @Test
  void aConditionOnWhatIsNoScalarIsRefused() {
    assertThatThrownBy(() -> spec().where(OrderPlaced::at).is(Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.time.Instant");
  }

  @Test
  void aTickHasNothingToCompare() {
    var spec = FunctionSpec.onCron("digest", "0 * * * *", ZoneOffset.UTC);

    assertThatThrownBy(() -> spec.where(Tick::scheduledAt).is(Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCronExpressionIsNeitherBlankNorEndless() {
    assertThatThrownBy(() -> FunctionSpec.onCron("digest", " ", ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FunctionSpec.onCron("digest", "0".repeat(256), ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
