package dev.stepwell.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was once written is read for ever. */
class SlotFactCodecTest {

  /** Never changed, only added to. */
  private static final Map<String, SlotFact> GOLDEN =
      Map.of("0180aac88cef66", new SlotFact(1_767_258_000_000L));

  @Test
  void everyFactIsReadAsItWasWritten() {
    GOLDEN.forEach((hex, fact) -> {
      assertThat(HexFormat.of().formatHex(SlotFactCodec.INSTANCE.encode(fact))).isEqualTo(hex);
      assertThat(SlotFactCodec.INSTANCE.decode(HexFormat.of().parseHex(hex))).isEqualTo(fact);
    });
  }

  @Test
  void anUnknownKindIsRefused() {
    var unknown = new byte[] {9, 0};

    assertThatThrownBy(() -> SlotFactCodec.INSTANCE.decode(unknown))
        .isInstanceOf(IllegalStateException.class);
  }
}
