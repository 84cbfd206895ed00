package dev.stepwell.engine.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Codec;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is registered, how it is derived from a specification, and its bytes. */
class RegistryStateTest {

  private static final Definition PAY =
      new Definition(
          "pay",
          List.of(
              new Start.OnEvent("placed", List.of(new Match("data.n", "1"))),
              new Start.OnCron("UTC 0 8 * * *")),
          4,
          Optional.of(new Limit(3, Optional.of("data.who"))));
  private static final Definition SHIP = new Definition("ship", List.of(), 0, Optional.empty());

  @EventName("shop/placed")
  private record Placed(int n, String who) {}

  @Test
  void aNewRegistrationReplacesTheFunctionsOfItsAppAndOfNoOther() {
    var state =
        RegistryState.EMPTY
            .apply(new RegistryFact.Registered("one", List.of(PAY, SHIP)))
            .apply(new RegistryFact.Registered("two", List.of()))
            .apply(new RegistryFact.Registered("one", List.of(SHIP)));

    assertThat(state.version()).isEqualTo(3);
    assertThat(state.has("one", List.of(SHIP))).isTrue();
    assertThat(state.catalog().find("pay")).isEmpty();
    assertThat(state.catalog().find("ship")).contains(SHIP);
  }

  @Test
  void aSpecificationBecomesADefinition() {
    var spec =
        FunctionSpec.onEvents("pay", Placed.class, "shop/placed", "shop/again.*")
            .where(Placed::n)
            .is(1)
            .retries(2)
            .concurrency(3, Placed::who);
    var conditions = List.of(new Match("data.n", "1"));

    assertThat(Definitions.of(spec))
        .isEqualTo(
            new Definition(
                "pay",
                List.of(
                    new Start.OnEvent("shop/placed", conditions),
                    new Start.OnEvent("shop/again.*", conditions)),
                2,
                Optional.of(new Limit(3, Optional.of("data.who")))));
  }

  @Test
  void aFailureHandlerIsStartedByFailuresOfItsFunctionAlone() {
    var spec = FunctionSpec.onEvent("pay", Placed.class);

    assertThat(Definitions.ofFailureHandler(spec, "pay-failure").starts())
        .containsExactly(
            new Start.OnEvent(
                "inngest/function.failed", List.of(new Match("data.function_id", "\"pay\""))));
  }

  @Test
  void aMalformedScheduleIsRefusedBeforeItIsRegistered() {
    var spec = FunctionSpec.onCron("tick", "every now and then", ZoneId.of("UTC"));

    assertThatThrownBy(() -> Definitions.of(spec)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRegistrationKeepsItsForm() {
    golden(
        RegistryCodec.INSTANCE,
        new RegistryFact.Registered("app", List.of(PAY, SHIP)),
        "0106617070040670617904010c706c61636564020c646174612e6e0231021a5554"
            + "4320302038202a202a202a0801060110646174612e77686f0873686970000000");
  }

  @Test
  void aSnapshotKeepsItsForm() {
    golden(
        RegistryCodec.STATE,
        RegistryState.EMPTY
            .apply(new RegistryFact.Registered("b", List.of(SHIP)))
            .apply(new RegistryFact.Registered("a", List.of(PAY))),
        "0104040261020670617904010c706c61636564020c646174612e6e0231021a5554"
            + "4320302038202a202a202a0801060110646174612e77686f0262020873686970000000");
  }

  private static <T> void golden(Codec<T> codec, T value, String hex) {
    assertThat(HexFormat.of().formatHex(codec.encode(value))).isEqualTo(hex);
    assertThat(codec.decode(HexFormat.of().parseHex(hex))).isEqualTo(value);
  }
}
