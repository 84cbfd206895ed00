package dev.stepwell.engine.wait;

import static dev.stepwell.engine.wait.Samples.lookingBack;
import static dev.stepwell.engine.wait.Samples.ulid;
import static dev.stepwell.engine.wait.Samples.waitFor;
import static dev.stepwell.engine.wait.Samples.waitForAny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.wire.Codec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes once written are read for ever: the samples here may be added to, never changed. */
class WaitsCodecTest {

  private static final Wait.Id ID = new Wait.Id(ulid(1), "ask");

  @Test
  void aRegisteredWaitKeepsItsForm() {
    golden(
        WaitsFactCodec.INSTANCE,
        new WaitsFact.Registered(lookingBack(waitFor(1, "ask", 7), Samples.NOON)),
        "0101a3185c5000000000000000000000010661736b08706169640114646174612e"
            + "6f72646572023780fa9989e3680180c0e285e36801a3185c500000000000000000000000");
  }

  @Test
  void aRegisteredWaitWithoutOptionalsKeepsItsForm() {
    golden(
        WaitsFactCodec.INSTANCE,
        new WaitsFact.Registered(waitForAny(1, "ask")),
        "0101a3185c5000000000000000000000010661736b08706169640080fa9989e368"
            + "0001a3185c500000000000000000000000");
  }

  @Test
  void aRemovedWaitKeepsItsForm() {
    golden(
        WaitsFactCodec.INSTANCE,
        new WaitsFact.Removed(ID),
        "0201a3185c5000000000000000000000010661736b");
  }

  @Test
  void aSnapshotKeepsItsForm() {
    golden(
        WaitsStateCodec.INSTANCE,
        WaitsState.EMPTY
            .apply(new WaitsFact.Registered(waitFor(2, "gone", 7)))
            .apply(new WaitsFact.Registered(waitForAny(1, "ask")))
            .apply(new WaitsFact.Removed(new Wait.Id(ulid(2), "gone"))),
        "0104020401a3185c5000000000000000000000010661736b08706169640080fa99"
            + "89e3680001a3185c500000000000000000000000");
  }

  @Test
  void anAddedPathKeepsItsForm() {
    golden(
        WaitPathsFactCodec.INSTANCE,
        new WaitPathsFact.PathAdded("data.order"),
        "0114646174612e6f72646572");
  }

  @Test
  void anActivePathKeepsItsForm() {
    golden(
        WaitPathsFactCodec.INSTANCE,
        new WaitPathsFact.PathActive("", Samples.NOON),
        "020080c0e285e368");
  }

  @Test
  void unknownBytesStopTheReader() {
    var unknown = new byte[] {99};

    assertThatThrownBy(() -> WaitsFactCodec.INSTANCE.decode(unknown))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> WaitsStateCodec.INSTANCE.decode(unknown))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> WaitPathsFactCodec.INSTANCE.decode(unknown))
        .isInstanceOf(IllegalStateException.class);
  }

  private static <T> void golden(Codec<T> codec, T value, String hex) {
    assertThat(HexFormat.of().formatHex(codec.encode(value))).isEqualTo(hex);
    assertThat(codec.decode(HexFormat.of().parseHex(hex))).isEqualTo(value);
  }
}
