package dev.stepwell.server.crash;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system in a file, which can lose its power: what was not synced is gone then. Needs Linux
 * and root.
 */
final class LoopDisk implements AutoCloseable {

  /** {@code EXT4_IOC_SHUTDOWN}: from now on the file system takes nothing and gives nothing. */
  private static final long SHUT_DOWN = 0x8004587DL;

  /** Without writing to the disk what is still in memory, not even its own journal. */
  private static final int WITHOUT_FLUSHING = 2;

  private static final int READ_ONLY = 0;

  private final Path file;
  private final Path at;

  private LoopDisk(Path file, Path at) {
    this.file = file;
    this.at = at;
  }

  /** Makes one below a directory, of so many megabytes, and mounts it. */
  static LoopDisk create(Path directory, int mib) throws IOException {
    var disk = new LoopDisk(directory.resolve("disk.img"), directory.resolve("disk"));
    Files.createDirectories(disk.at);
    run("truncate", "-s", mib + "M", disk.file.toString());
    run("mkfs.ext4", "-q", "-F", disk.file.toString());
    disk.mount();
    return disk;
  }

  /** Where it is mounted. */
  Path path() {
    return at;
  }

  /** From now on all is as it was when it was synced last; nobody can read or write. */
  @SuppressWarnings("restricted") // two functions of the C library
  void losePower() throws IOException {
    var linker = Linker.nativeLinker();
    var functions = linker.defaultLookup();
    var lastIsVariable = Linker.Option.firstVariadicArg(2);
    var open =
        linker.downcallHandle(
            functions.findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            lastIsVariable);
    var control =
        linker.downcallHandle(
            functions.findOrThrow("ioctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            lastIsVariable);
    var close =
        linker.downcallHandle(
            functions.findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try (var arena = Arena.ofConfined()) {
      var directory = (int) open.invokeExact(arena.allocateFrom(at.toString()), READ_ONLY);
      var how = arena.allocateFrom(JAVA_INT, WITHOUT_FLUSHING);
      var failed = (int) control.invokeExact(directory, SHUT_DOWN, how) != 0;
      var _ = (int) close.invokeExact(directory);
      if (failed) {
        throw new IOException("the file system at " + at + " was not shut down");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("no call into the kernel", e);
    }
  }

  /** The power is back: the file system recovers by its own journal. Nobody may use it. */
  void restart() throws IOException {
    run("umount", at.toString());
    mount();
  }

  private void mount() throws IOException {
    run("mount", "-o", "loop", file.toString(), at.toString());
  }

  private static void run(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", List.of(command)) + ": " + said.strip());
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", at.toString());
    Files.delete(file);
  }
}
