package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A data directory has one process, a known form, and a whole log, or is not opened. */
final class DataDirectoryTest {

  private static final int FACTS = 100;

  @TempDir Path directory;
  @TempDir Path home;

  @Test
  void isOpenOnceInAProcess() {
    try (var store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use by another Stepwell process")
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
      append(store, 1);
    }
    open().close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isOpenInOneProcessUntilThatIsGone() throws IOException, InterruptedException {
    try (var child = Child.start("", home, CrashWriter.class, directory.toString(), "1")) {
      child.line();

      assertThatThrownBy(this::open)
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("(pid " + child.pid() + ")");

      child.kill();
      child.rest();
    }
    open().close();
  }

  @Test
  void isNotOpenedInAFormThatIsNotKnown() throws IOException {
    open().close();
    Files.writeString(directory.resolve("format"), "stepwell-embedded 2\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("'stepwell-embedded 2'")
        .hasMessageContaining("'stepwell-embedded 1'");

    Files.writeString(directory.resolve("format"), "stepwell-embedded 1\n");
    open().close();
  }

  @Test
  void isNotOpenedIfSomebodyElseMadeIt() throws IOException {
    Files.createDirectories(directory.resolve("db"));

    assertThatThrownBy(this::open)
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("it isn't ours");
  }

  @Test
  void isNotOpenedIfItCanNotBeWritten() throws IOException {
    var file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> EmbeddedStore.open(file, EmbeddedConfig.DEFAULT))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void isOpenedAfterAWriteThatWasTornByAPowerCut() throws IOException {
    fill();
    Files.write(log(), new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, StandardOpenOption.APPEND);

    try (var store = open()) {
      assertThat(highest(store)).isEqualTo(FACTS);
    }
    assertThat(directory.resolve("log-at-open")).doesNotExist();
  }

  @Test
  void isNotOpenedIfTheLogIsDamagedBeforeItsEnd() throws IOException {
    fill();
    var log = log();
    damage(log, Files.size(log) / 2);

    assertThatThrownBy(this::open)
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("acknowledged");
    assertThatThrownBy(this::open).isInstanceOf(DataDirectoryException.class);
    var saved = directory.resolve("log-damaged");
    assertThat(saved.resolve(log.getFileName())).isNotEmptyFile();

    // What the message says.
    Files.move(saved, directory.resolve("elsewhere"));
    Files.delete(directory.resolve("synced"));
    try (var store = open()) {
      assertThat(highest(store)).isBetween(1L, FACTS - 1L);
    }
  }

  @Test
  void isNotOpenedIfTheEndOfTheLogIsMissing() throws IOException {
    fill();
    try (var file = new RandomAccessFile(log().toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("acknowledged");
  }

  @Test
  void neverGivesAFactThatWasDamagedInItsFile() throws IOException {
    fill();
    try (var store = open()) {
      store.reclaim().toCompletableFuture().join();
    }
    try (var files = Files.newDirectoryStream(directory.resolve("db"), "*.sst")) {
      for (var file : files) {
        damage(file, 20);
      }
    }

    try (var store = open()) {
      assertThatThrownBy(() ->
              store
                  .journal()
                  .replay("run|1", 1, FACTS, FACTS, _ -> {})
                  .toCompletableFuture()
                  .join())
          .hasCauseInstanceOf(StoreFailedException.class);
    } catch (DataDirectoryException e) {
      assertThat(e).hasMessageContaining("can't be opened");
    }
  }

  private EmbeddedStore open() {
    return EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT);
  }

  private void fill() {
    try (var store = open()) {
      for (var i = 1; i <= FACTS; i++) {
        append(store, i);
      }
    }
  }

  private static void append(EmbeddedStore store, long sequenceNr) {
    var fact = new byte[1_000];
    fact[0] = (byte) sequenceNr;
    store.journal().append("run|1", sequenceNr, List.of(fact)).toCompletableFuture().join();
  }

  private static long highest(EmbeddedStore store) {
    return store.journal().highestSequenceNr("run|1").toCompletableFuture().join();
  }

  /** The part of RocksDB's log that has something in it. */
  private Path log() throws IOException {
    try (var files = Files.list(directory.resolve("db"))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.comparing(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private static void damage(Path file, long at) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      var old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 0xFF);
    }
  }
}
