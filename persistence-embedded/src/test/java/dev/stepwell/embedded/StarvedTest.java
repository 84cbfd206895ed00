package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store without room to write acknowledges nothing more, says why, and has all it acknowledged.
 */
final class StarvedTest {

  /** Blocks of 512 or 1,024 bytes, for any one file; only the log becomes as large. */
  private static final int BLOCKS_MAX = 8_192;

  private static final String SMALL_FILES = "ulimit -f " + BLOCKS_MAX + " &&";

  @TempDir Path directory;
  @TempDir Path home;

  @Test
  @EnabledOnOs(OS.LINUX)
  void stopsWhenTheDiskTakesNoMore() throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    try (var child = Child.start(SMALL_FILES, home, StarvedWriter.class, directory.toString())) {
      lines.addAll(child.rest());
    }
    assertThat(lines)
        .anyMatch(line -> line.contains("ERROR") && line.contains("Nothing is stored"));
    lines.removeIf(line -> !line.startsWith(StarvedWriter.SAYS));
    lines.replaceAll(line -> line.substring(StarvedWriter.SAYS.length()));
    assertThat(lines).hasSize(5);
    var stored = Integer.parseInt(lines.getFirst().substring("stored ".length()));
    assertThat(stored).isBetween(10, BLOCKS_MAX * 1024 / StarvedWriter.FACT_BYTES);
    assertThat(lines.get(1)).isEqualTo("again false");
    assertThat(lines.get(2)).contains("takes no more writes until Stepwell is started again");
    assertThat(lines.get(3)).isEqualTo("read " + stored);
    assertThat(lines.get(4)).isEqualTo("closed");

    try (var store = EmbeddedStore.open(directory, StarvedWriter.CONFIG)) {
      var facts = new ArrayList<Integer>();
      store
          .journal()
          .replay(
              "run|1", 1, Long.MAX_VALUE, Long.MAX_VALUE, entry -> facts.add(entry.fact().length))
          .toCompletableFuture()
          .join();
      // The write that failed may be there or not.
      assertThat(facts.size()).isBetween(stored, stored + 1);
      assertThat(facts).containsOnly(StarvedWriter.FACT_BYTES);
    }
  }
}
