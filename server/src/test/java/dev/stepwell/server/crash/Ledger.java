package dev.stepwell.server.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An append-only file of lines that a killed process can neither lose nor tear: each is one write,
 * and of a length that no page boundary divides, since a kill is heeded between pages.
 */
final class Ledger implements AutoCloseable {

  /** A power of two, so that a page holds a whole number of lines. */
  static final int LINE_BYTES = 256;

  private final FileChannel channel;
  private final int life;

  private Ledger(FileChannel channel, int life) {
    this.channel = channel;
    this.life = life;
  }

  static Ledger open(Path file, int life) throws IOException {
    return new Ledger(FileChannel.open(file, CREATE, APPEND), life);
  }

  void write(
      String runId, String function, String key, String step, LedgerLine.Mark mark, String token) {
    var now = System.currentTimeMillis();
    write(new LedgerLine(life, now, runId, function, key, step, mark, token));
  }

  private void write(LedgerLine line) {
    var text = line.text().getBytes(UTF_8);
    if (text.length >= LINE_BYTES) {
      throw new IllegalArgumentException("too long for the ledger: " + line);
    }
    var bytes = ByteBuffer.allocate(LINE_BYTES);
    bytes.put(text);
    while (bytes.position() < LINE_BYTES - 1) {
      bytes.put((byte) ' ');
    }
    bytes.put((byte) '\n').flip();
    try {
      var written = channel.write(bytes);
      if (written != LINE_BYTES) {
        throw new IllegalStateException("only " + written + " bytes of a line were written");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All lines, in the order in which they were written.
   *
   * @throws IllegalArgumentException if one is torn
   */
  static List<LedgerLine> read(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    if (bytes.length % LINE_BYTES != 0) {
      throw new IllegalArgumentException("the last line is torn");
    }
    var lines = new ArrayList<LedgerLine>(bytes.length / LINE_BYTES);
    for (var at = 0; at < bytes.length; at += LINE_BYTES) {
      lines.add(LedgerLine.parse(new String(bytes, at, LINE_BYTES, UTF_8).strip()));
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
