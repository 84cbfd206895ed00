package dev.stepwell.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepwell.server.crash.LedgerLine.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  @TempDir private Path directory;

  @Test
  void linesOfAllLivesComeBackInTheOrderInWhichTheyWereWritten() throws IOException {
    var file = directory.resolve("ledger");
    try (var first = Ledger.open(file, 1);
        var second = Ledger.open(file, 2)) {
      first.write("run", "function", "key", "step", Mark.BEGIN, "");
      second.write("run", "function", "key", "step", Mark.END, "token");
      first.write("run", "function", "key", "step", Mark.FAIL, "");
    }
    assertThat(Ledger.read(file))
        .extracting(LedgerLine::life, LedgerLine::mark, LedgerLine::token)
        .containsExactly(
            tuple(1, Mark.BEGIN, ""), tuple(2, Mark.END, "token"), tuple(1, Mark.FAIL, ""));
  }

  @Test
  void aTornLineIsNoticed() throws IOException {
    var file = directory.resolve("ledger");
    try (var ledger = Ledger.open(file, 1)) {
      ledger.write("run", "function", "key", "step", Mark.BEGIN, "");
    }
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), Ledger.LINE_BYTES - 1));
    assertThatThrownBy(() -> Ledger.read(file)).isInstanceOf(IllegalArgumentException.class);
  }
}
