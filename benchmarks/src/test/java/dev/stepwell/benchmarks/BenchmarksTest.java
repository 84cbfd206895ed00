package dev.stepwell.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks still measure something; what, is not looked at. */
class BenchmarksTest {

  @TempDir private Path directory;

  @Test
  void runsComeToTheirEnd() {
    var exit =
        Main.execute(
            "p1",
            "--stores=memory",
            "--in-flight=20",
            "--warm-up=0",
            "--seconds=1",
            "--dir=" + directory);
    assertThat(exit).isZero();
  }

  @Test
  void waitsAreMatchedInAStoreOnDisk() {
    var exit =
        Main.execute(
            "waits", "--stores=embedded", "--count=500", "--warm-up=500", "--dir=" + directory);
    assertThat(exit).isZero();
  }
}
