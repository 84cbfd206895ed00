package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A directory that belongs to one process at a time, and says in which form its contents are.
 *
 * <pre>
 *   format           one line: the form's number
 *   lock, pid        held while a process is alive, and which one it is
 *   synced           how far the log was on disk for certain, see {@link HighWater}
 *   db/              RocksDB's
 *   log-at-open/     the log as it was found, kept until it has proven to be whole
 *   log-damaged/     if it has not
 * </pre>
 */
final class DataDirectory implements AutoCloseable {

  private static final String FORMAT_NAME = "stepwell-embedded ";
  private static final int FORMAT = 1;

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the directory, making it if need be.
   *
   * @throws DataDirectoryException if another process has it, or a newer version wrote it
   */
  static DataDirectory take(Path path) {
    try {
      Files.createDirectories(path);
      var lock = lock(path);
      try {
        Files.writeString(path.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
        checkFormat(path);
        return new DataDirectory(path, lock).checked();
      } catch (IOException | DataDirectoryException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DataDirectoryException("the data directory " + path + " can't be used: " + e, e);
    }
  }

  private DataDirectory checked() {
    if (Files.exists(logDamaged())) {
      throw damaged("changes that were acknowledged were found to be missing");
    }
    return this;
  }

  Path database() {
    return path.resolve("db");
  }

  Path logAtOpen() {
    return path.resolve("log-at-open");
  }

  Path synced() {
    return path.resolve("synced");
  }

  Path logDamaged() {
    return path.resolve("log-damaged");
  }

  DataDirectoryException damaged(String what) {
    return new DataDirectoryException(
        "the data directory "
            + path
            + " is damaged: "
            + what
            + ". Restore a backup; or, to go on without them, delete log-damaged, which has the log"
            + " as it was found, and the file synced");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    var channel = FileChannel.open(path.resolve("lock"), CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it open.
      throw inUse(path, channel, e);
    }
    throw inUse(path, channel, null);
  }

  private static DataDirectoryException inUse(
      Path path, FileChannel channel, @Nullable Throwable cause) throws IOException {
    channel.close();
    return new DataDirectoryException(
        "the data directory "
            + path
            + " is in use by another Stepwell process (pid "
            + pid(path.resolve("pid"))
            + ")",
        cause);
  }

  private static String pid(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return "unknown";
    }
  }

  private static void checkFormat(Path path) throws IOException {
    var file = path.resolve("format");
    if (!Files.exists(file)) {
      if (Files.exists(path.resolve("db"))) {
        throw new DataDirectoryException(
            "the data directory " + path + " has a database and no file 'format': it isn't ours");
      }
      writeFormat(path);
      return;
    }
    var line = Files.readString(file).strip();
    if (!line.equals(FORMAT_NAME + FORMAT)) {
      throw new DataDirectoryException(
          "the data directory "
              + path
              + " is of the form '"
              + line
              + "'; this version of Stepwell reads '"
              + FORMAT_NAME
              + FORMAT
              + "'");
    }
  }

  /** Under its name only when it is whole and on disk. */
  private static void writeFormat(Path path) throws IOException {
    var unfinished = path.resolve("format.new");
    try (var channel = FileChannel.open(unfinished, CREATE, WRITE)) {
      channel.write(UTF_8.encode(FORMAT_NAME + FORMAT + "\n"));
      channel.force(true);
    }
    Files.move(unfinished, path.resolve("format"));
    try (var directory = FileChannel.open(path, READ)) {
      directory.force(true);
    }
  }
}
