package dev.stepwell.engine.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {

  private final Random random = new Random(2);

  @ParameterizedTest
  @CsvSource({
    "0,00",
    "-1,01",
    "1,02",
    "63,7e",
    "-64,7f",
    "64,8001",
    "1767258000000,80aac88cef66",
    "9223372036854775807,feffffffffffffffff01",
    "-9223372036854775808,ffffffffffffffffff01"
  })
  void aNumberKeepsItsForm(long number, String hex) {
    var bytes = new Bytes.Writer(0).number(number).toBytes();
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(new Bytes.Reader(bytes).number()).isEqualTo(number);
  }

  @Test
  void whateverIsWrittenIsReadAsTheSame() {
    for (var round = 0; round < 1_000; round++) {
      var out = new Bytes.Writer(random.nextInt(8));
      var checks = new ArrayList<Consumer<Bytes.Reader>>();
      for (var i = random.nextInt(30); i >= 0; i--) {
        checks.add(writeAny(out));
      }

      var read =
          Bytes.read(
              out.toBytes(),
              in -> {
                checks.forEach(check -> check.accept(in));
                return checks.size();
              });

      assertThat(read).isEqualTo(checks.size());
    }
  }

  private Consumer<Bytes.Reader> writeAny(Bytes.Writer out) {
    switch (random.nextInt(8)) {
      case 0 -> {
        var tag = random.nextInt(256);
        out.tag(tag);
        return in -> assertThat(in.tag()).isEqualTo(tag);
      }
      case 1 -> {
        var flag = random.nextBoolean();
        out.flag(flag);
        return in -> assertThat(in.flag()).isEqualTo(flag);
      }
      case 2 -> {
        var number = random.nextLong() >> random.nextInt(64);
        out.number(number);
        return in -> assertThat(in.number()).isEqualTo(number);
      }
      case 3 -> {
        var id = new Ulid(random.nextLong(), random.nextLong());
        out.ulid(id);
        return in -> assertThat(in.ulid()).isEqualTo(id);
      }
      case 4 -> {
        var text = text();
        out.text(text);
        return in -> assertThat(in.text()).isEqualTo(text);
      }
      case 5 -> {
        var bytes = new byte[random.nextInt(500)];
        random.nextBytes(bytes);
        out.bytes(bytes);
        return in -> assertThat(in.bytes()).isEqualTo(bytes);
      }
      case 6 -> {
        var value = random.nextBoolean() ? Optional.of(text()) : Optional.<String>empty();
        out.optional(value, Bytes.Writer::text);
        return in -> assertThat(in.<String>optional(Bytes.Reader::text)).isEqualTo(value);
      }
      default -> {
        var values = List.of(text(), text(), text()).subList(0, random.nextInt(4));
        out.list(values, Bytes.Writer::text);
        return in -> assertThat(in.<String>list(Bytes.Reader::text)).isEqualTo(values);
      }
    }
  }

  private String text() {
    return random
        .ints(random.nextInt(40), 0, 0x11_0000)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void noBytesAtAllAreCorruptForEveryKindOfValue() {
    var readers =
        List.<Consumer<Bytes.Reader>>of(
            Bytes.Reader::tag,
            Bytes.Reader::flag,
            Bytes.Reader::number,
            Bytes.Reader::ulid,
            Bytes.Reader::text,
            Bytes.Reader::json,
            Bytes.Reader::bytes,
            in -> in.list(Bytes.Reader::tag),
            in -> in.optional(Bytes.Reader::tag));

    for (var read : readers) {
      assertThatIllegalStateException()
          .isThrownBy(() -> read.accept(new Bytes.Reader(new byte[0])));
    }
  }

  @Test
  void aNumberThatNeverEndsIsCorrupt() {
    var bytes = HexFormat.of().parseHex("ff".repeat(20));
    assertThatIllegalStateException().isThrownBy(() -> new Bytes.Reader(bytes).number());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 12, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
  void aLengthThatTheBytesCannotHoldIsCorruptAndTakesNoMemory(long length) {
    var bytes = new Bytes.Writer(11).number(length).tag(1).toBytes();

    for (var read :
        List.<Consumer<Bytes.Reader>>of(
            Bytes.Reader::text,
            Bytes.Reader::bytes,
            Bytes.Reader::json,
            in -> in.list(Bytes.Reader::tag))) {
      assertThatIllegalStateException().isThrownBy(() -> read.accept(new Bytes.Reader(bytes)));
    }
  }

  @Test
  void randomBytesAreReadOrRefusedAndNothingElse() {
    for (var i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      try {
        var in = new Bytes.Reader(bytes);
        in.optional(Bytes.Reader::text);
        in.list(each -> each.list(Bytes.Reader::number));
        in.ulid();
      } catch (IllegalStateException corrupt) {
        assertThat(corrupt).hasMessageContaining("corrupt");
      }
    }
  }

  @Test
  void bytesBehindTheEndAreCorrupt() {
    assertThat(Bytes.read(new byte[] {1}, Bytes.Reader::tag)).isEqualTo(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> Bytes.read(new byte[] {1, 2}, Bytes.Reader::tag));
  }
}
