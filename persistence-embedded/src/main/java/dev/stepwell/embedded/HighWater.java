package dev.stepwell.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * How far the log was on disk for certain, kept outside the log. RocksDB takes the first damaged
 * record of its log for the end of what was written, which is right after a power cut and wrong if
 * acknowledged writes follow. This tells the two apart: a log that ends below the mark has lost
 * something. The mark is never synced and so may lag after a power cut, but never leads.
 */
final class HighWater implements AutoCloseable {

  private static final ValueLayout.OfLong SEQUENCE = ValueLayout.JAVA_LONG_UNALIGNED;

  private final Arena arena;
  private final MemorySegment mark;

  private HighWater(Arena arena, MemorySegment mark) {
    this.arena = arena;
    this.mark = mark;
  }

  static HighWater open(Path file) throws IOException {
    try (var channel = FileChannel.open(file, CREATE, READ, WRITE)) {
      if (channel.size() < Long.BYTES) {
        // With its block on disk: a page that can't get one when it is written ends the process.
        channel.write(ByteBuffer.allocate(Long.BYTES), 0);
        channel.force(true);
      }
      var arena = Arena.ofShared();
      return new HighWater(arena, channel.map(MapMode.READ_WRITE, 0, Long.BYTES, arena));
    }
  }

  long sequence() {
    return mark.get(SEQUENCE, 0);
  }

  /** A plain write to memory, which the system brings to disk when it likes. */
  void advance(long sequence) {
    mark.set(SEQUENCE, 0, sequence);
  }

  @Override
  public void close() {
    arena.close();
  }
}
