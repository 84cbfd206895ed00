package dev.stepwell.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UlidTest {

  /** The example of the ULID specification. */
  private static final Ulid SAMPLE = new Ulid(0x01563E3AB5D3D676L, 0x4C61EFB99302BD5BL);

  private final Random random = new Random(1);

  @Test
  void theTextIsThatOfTheSpecification() {
    assertThat(SAMPLE).hasToString("01ARZ3NDEKTSV4RRFFQ69G5FAV");
    assertThat(SAMPLE.millis()).isEqualTo(1_469_922_850_259L);
  }

  @Test
  void whatIsPrintedIsReadAsTheSame() {
    for (var i = 0; i < 10_000; i++) {
      var id = any();
      assertThat(Ulid.parse(id.toString())).isEqualTo(id);
      assertThat(Ulid.parse(id.toString().toLowerCase(Locale.ROOT))).isEqualTo(id);
    }
  }

  @Test
  void theLeastAndTheGreatestAreReadAsPrinted() {
    assertThat(new Ulid(0, 0)).hasToString("0".repeat(26));
    assertThat(new Ulid(-1, -1)).hasToString("7" + "Z".repeat(25));
    assertThat(Ulid.parse("7" + "Z".repeat(25))).isEqualTo(new Ulid(-1, -1));
  }

  @Test
  void idsOrderAsTheirTextsAndTheirBytesDo() {
    for (var i = 0; i < 10_000; i++) {
      var one = any();
      var other = i % 2 == 0 ? any() : new Ulid(one.high(), random.nextLong());
      var order = Integer.signum(one.compareTo(other));
      assertThat(Integer.signum(one.toString().compareTo(other.toString()))).isEqualTo(order);
      assertThat(Integer.signum(Arrays.compareUnsigned(one.toBytes(), other.toBytes())))
          .isEqualTo(order);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01ARZ3NDEKTSV4RRFFQ69G5FA",
        "01ARZ3NDEKTSV4RRFFQ69G5FAVV",
        "81ARZ3NDEKTSV4RRFFQ69G5FAV",
        "ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "01ARZ3NDEKTSV4RRFFQ69G5FAI",
        "01ARZ3NDEKTSV4RRFFQ69G5FAL",
        "01ARZ3NDEKTSV4RRFFQ69G5FAO",
        "01ARZ3NDEKTSV4RRFFQ69G5FAU",
        "01ARZ3NDEKTSV4RRFFQ69G5FA\u00E4",
        "01ARZ3NDEKTSV4RRFFQ69G5FA\uFF10",
        "-1ARZ3NDEKTSV4RRFFQ69G5FAV"
      })
  void whatIsNoIdOrOverflowsIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ulid.parse(text));
  }

  @Test
  void anIdKeepsTheInstantItWasMadeOf() {
    for (var millis : new long[] {0, 1, 1_767_258_000_000L, Ulid.MILLIS_MAX}) {
      assertThat(Ulid.of(millis, -1, -1).millis()).isEqualTo(millis);
    }
  }

  @Test
  void onlyTheLower16BitsOfTheFirstEntropyCount() {
    assertThat(Ulid.of(7, 0xABCD_1234L, 9)).isEqualTo(Ulid.of(7, 0x1234L, 9));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Ulid.MILLIS_MAX + 1, Long.MIN_VALUE, Long.MAX_VALUE})
  void anInstantBeyond48BitsIsRefused(long millis) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ulid.of(millis, 0, 0));
  }

  /**
   * Run ids are made so: if one of these changes, every event that is repeated starts a new run.
   */
  @ParameterizedTest
  @CsvSource({
    "fulfil-order,01ARZ3NDEKB6S2KQS6R1D0Y11D",
    "'',01ARZ3NDEKX6HQGJRJA9DQGW0R",
    "inngest/function.failed,01ARZ3NDEKXQ30HKQNPNZBWMJ0",
    "\u00FCberweisung,01ARZ3NDEKSGQSTHKTV3A4FB3M"
  })
  void aDerivedIdIsTheSameForEver(String name, String derived) {
    assertThat(SAMPLE.derive(name)).hasToString(derived);
  }

  @Test
  void aDerivedIdKeepsTheInstantAndDiffersByIdAndName() {
    assertThat(SAMPLE.derive("a").millis()).isEqualTo(SAMPLE.millis());
    assertThat(SAMPLE.derive("a")).isNotEqualTo(SAMPLE.derive("b"));
    assertThat(SAMPLE.derive("a"))
        .isNotEqualTo(new Ulid(SAMPLE.high(), SAMPLE.low() + 1).derive("a"));
  }

  @Test
  void inJsonAnIdIsItsText() throws Exception {
    var mapper = new JsonMapper();
    assertThat(mapper.writeValueAsString(SAMPLE)).isEqualTo("\"" + SAMPLE + "\"");
    assertThat(mapper.readValue("\"" + SAMPLE + "\"", Ulid.class)).isEqualTo(SAMPLE);
  }

  @Test
  void idsOfOneMillisecondAreSpreadEvenly() {
    var counts = new int[32];
    for (var i = 0; i < 32_000; i++) {
      counts[Math.floorMod(Ulid.of(1_767_258_000_000L, 0, i).spread(), 32)]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 800 && count < 1_200);
  }

  private Ulid any() {
    return new Ulid(random.nextLong(), random.nextLong());
  }
}
