package dev.stepwell.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Second names for the files of the log, given before RocksDB opens it. RocksDB deletes a log that
 * it has read, even one that it could not read to its end; so what lies behind the damage is kept.
 */
final class SavedLog {

  private SavedLog() {}

  static void save(DataDirectory directory) throws IOException {
    if (!Files.exists(directory.database())) {
      return;
    }
    var into = Files.createDirectories(directory.logAtOpen());
    try (var files = Files.newDirectoryStream(directory.database(), "*.log")) {
      for (var file : files) {
        link(into.resolve(file.getFileName()), file);
      }
    }
  }

  private static void link(Path name, Path file) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileAlreadyExistsException _) {
      // An earlier start, which did not get far, has saved it.
    } catch (UnsupportedOperationException _) {
      // A file system that knows no second names; then damage is found but not kept.
    }
  }

  /** The log was whole. */
  static void discard(DataDirectory directory) throws IOException {
    if (!Files.exists(directory.logAtOpen())) {
      return;
    }
    try (var files = Files.newDirectoryStream(directory.logAtOpen())) {
      for (var file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory.logAtOpen());
  }

  /** The log was damaged: it stays, and the directory can't be opened before somebody decides. */
  static void keep(DataDirectory directory) throws IOException {
    Files.createDirectories(directory.logAtOpen());
    Files.move(directory.logAtOpen(), directory.logDamaged());
  }
}
