package dev.stepwell.engine.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.engine.function.App.Endpoint;
import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.LimitKey;
import dev.stepwell.engine.function.Definition.Remote;
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
          Optional.of(new Limit(3, Optional.of(new LimitKey.Path("data.who")))));
  private static final Definition SHIP = new Definition("ship", List.of(), 0, Optional.empty());

  private static final Definition SHOP_PAY =
      new Definition(
          "shop-pay",
          List.of(new Start.OnExpression("placed", "event.data.n > 1")),
          2,
          Optional.of(new Limit(3, Optional.of(new LimitKey.Valued("event.data.who")))),
          Optional.of(new Remote("Pay", "http://localhost:3000/api/inngest?fnId=shop-pay")));

  private static final App SHOP =
      new App(
          "shop",
          Optional.of(
              new Endpoint("http://localhost:3000/api/inngest", "js:v4.24.0", "express", "c0ffee")),
          List.of(SHOP_PAY));

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
    assertThat(state.has(new RegistryFact.Registered("one", List.of(SHIP)))).isTrue();
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
                Optional.of(new Limit(3, Optional.of(new LimitKey.Path("data.who"))))));
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
  void whatAnAppOverHttpHasKeepsItsForm() {
    golden(
        RegistryCodec.INSTANCE,
        new RegistryFact.Synced(SHOP),
        "020873686f700142687474703a2f2f6c6f63616c686f73743a333030302f"
            + "6170692f696e6e67657374146a733a76342e32342e300e65787072657373"
            + "0c633066666565021073686f702d70617902030c706c6163656420657665"
            + "6e742e646174612e6e203e203104010601021c6576656e742e646174612e"
            + "77686f01065061795e687474703a2f2f6c6f63616c686f73743a33303030"
            + "2f6170692f696e6e676573743f666e49643d73686f702d706179");
    golden(RegistryCodec.INSTANCE, new RegistryFact.Removed("shop"), "030873686f70");
  }

  @Test
  void aSnapshotKeepsItsForm() {
    golden(
        RegistryCodec.STATE,
        RegistryState.EMPTY
            .apply(new RegistryFact.Registered("b", List.of(SHIP)))
            .apply(new RegistryFact.Synced(SHOP))
            .apply(new RegistryFact.Synced(new App("shop", SHOP.endpoint(), List.of()))),
        "020604026200020873686970000000000873686f700142687474703a2f2f"
            + "6c6f63616c686f73743a333030302f6170692f696e6e67657374146a733a"
            + "76342e32342e300e657870726573730c63306666656500021073686f702d"
            + "7061790004010601021c6576656e742e646174612e77686f01065061795e"
            + "687474703a2f2f6c6f63616c686f73743a333030302f6170692f696e6e67"
            + "6573743f666e49643d73686f702d706179");
  }

  @Test
  void aSnapshotOfBeforeThereWereAppsOverHttpIsRead() {
    var first =
        "0104040261020670617904010c706c61636564020c646174612e6e0231021a5554"
            + "4320302038202a202a202a0801060110646174612e77686f0262020873686970000000";

    assertThat(RegistryCodec.STATE.decode(HexFormat.of().parseHex(first)))
        .isEqualTo(
            RegistryState.EMPTY
                .apply(new RegistryFact.Registered("b", List.of(SHIP)))
                .apply(new RegistryFact.Registered("a", List.of(PAY))));
  }

  @Test
  void aFunctionThatAnAppHasNoMoreIsFoundByItsRunsAndStartedByNothing() {
    var state =
        RegistryState.EMPTY
            .apply(new RegistryFact.Synced(SHOP))
            .apply(new RegistryFact.Synced(new App("shop", SHOP.endpoint(), List.of())));

    assertThat(state.catalog().find("shop-pay")).contains(SHOP_PAY.withoutStarts());
    assertThat(state.catalog().anyStartedBy("placed")).isFalse();

    var again = state.apply(new RegistryFact.Synced(SHOP));
    assertThat(again.catalog().find("shop-pay")).contains(SHOP_PAY);
    assertThat(again.archived()).isEmpty();

    var removed = again.apply(new RegistryFact.Removed("shop"));
    assertThat(removed.apps()).isEmpty();
    assertThat(removed.catalog().find("shop-pay")).contains(SHOP_PAY.withoutStarts());
    assertThat(removed.has(new RegistryFact.Removed("shop"))).isTrue();
  }

  private static <T> void golden(Codec<T> codec, T value, String hex) {
    assertThat(HexFormat.of().formatHex(codec.encode(value))).isEqualTo(hex);
    assertThat(codec.decode(HexFormat.of().parseHex(hex))).isEqualTo(value);
  }
}
