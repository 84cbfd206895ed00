package dev.stepwell.engine.timer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.wire.Ulid;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was once written is read for ever. */
class TimerCodecTest {

  private static final Ulid ID = new Ulid(0x0123456789ABCDEFL, 0xFEDCBA9876543210L);

  /** Never changed, only added to. */
  private static final Map<String, Target> GOLDEN =
      Map.of(
          "010123456789abcdeffedcba98765432101a73656e642d72656d696e646572",
          new Target.OfRun(ID, "send-reminder"),
          "020123456789abcdeffedcba9876543210",
          new Target.OfEvent(ID),
          "031673686f702d64696765737434545a3d4575726f70652f4265726c696e"
              + "20302039202a202a202a80aac88cef66",
          new Target.OfFunction("shop-digest", "TZ=Europe/Berlin 0 9 * * *", 1_767_258_000_000L),
          "041e6469676573747c637573746f6d6572",
          new Target.OfSlots("digest|customer"));

  @Test
  void everyKindIsReadAsItWasWritten() {
    GOLDEN.forEach((hex, target) -> {
      assertThat(HexFormat.of().formatHex(TimerCodec.INSTANCE.encode(target))).isEqualTo(hex);
      assertThat(TimerCodec.INSTANCE.decode(HexFormat.of().parseHex(hex))).isEqualTo(target);
    });
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThatThrownBy(() -> TimerCodec.INSTANCE.decode(new byte[] {9}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("9");
  }

  @Test
  void aRowIsReadAsTheTimerItWasMadeFrom() {
    for (var target : GOLDEN.values()) {
      var timer = new Timer(target, 1_767_258_000_000L);
      assertThat(TimerCodec.timer(TimerCodec.row(timer))).isEqualTo(timer);
    }
  }

  @Test
  void noNameMakesAKeyTooLong() {
    var name = "\u6F22/".repeat(5_000);

    for (var target :
        new Target[] {
          new Target.OfRun(ID, name),
          new Target.OfFunction(name, name, Long.MAX_VALUE),
          new Target.OfSlots(name)
        }) {
      assertThat(target.key().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1_024);
    }
    var longest = "\u6F22".repeat(128);
    assertThat(new Target.OfFunction(longest, longest, Long.MIN_VALUE).key().getBytes(UTF_8))
        .hasSizeLessThanOrEqualTo(1_024);
  }

  @Test
  void differentTargetsHaveDifferentKeys() {
    var long1 = "x".repeat(200);
    var targets =
        new Target[] {
          new Target.OfRun(ID, "a"),
          new Target.OfRun(ID, "b"),
          new Target.OfRun(ID, long1),
          new Target.OfRun(ID, long1 + "x"),
          new Target.OfRun(ID, new Target.OfRun(ID, long1).key().substring(29)),
          new Target.OfRun(new Ulid(1, 1), "a"),
          new Target.OfEvent(ID),
          new Target.OfFunction("a/b", "c", 1),
          new Target.OfFunction("a", "b/c", 1),
          new Target.OfFunction("a", "b/c", 2),
          new Target.OfSlots("a"),
          new Target.OfSlots(long1),
          new Target.OfSlots(long1 + "x"),
        };

    assertThat(targets).extracting(Target::key).doesNotHaveDuplicates();
  }
}
