package dev.stepwell.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcmaNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-1, -1",
    "0.1, 0.1",
    "1.5, 1.5",
    "-12.25, -12.25",
    "123456789012345680000, 123456789012345680000",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e21, 1.5e+21",
    "9007199254740991, 9007199254740991",
    "9007199254740993, 9007199254740992",
    "0.000001, 0.000001",
    "0.0000015, 0.0000015",
    "1e-7, 1e-7",
    "1.25e-7, 1.25e-7",
    "333333333.33333329, 333333333.3333333",
    "1e23, 1e+23",
    "2e-323, 2e-323",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "-2.2250738585072014e-308, -2.2250738585072014e-308",
    "1e400, null"
  })
  void aNumberIsWrittenAsJavaScriptWritesIt(String number, String text) {
    assertThat(EcmaNumbers.text(Double.parseDouble(number))).isEqualTo(text);
  }

  @Test
  void whateverIsWrittenIsReadBackAsTheSameNumber() {
    var chance = new Random(7);
    for (var i = 0; i < 100_000; i++) {
      var number = Double.longBitsToDouble(chance.nextLong());
      if (Double.isFinite(number)) {
        assertThat(Double.parseDouble(EcmaNumbers.text(number))).isEqualTo(number);
      }
    }
  }
}
