package dev.stepwell.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** One connection to a node, kept alive: bytes out, a status in, and nothing parsed but that. */
final class EventConnection implements AutoCloseable {

  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(US_ASCII);
  private static final int LOWER_CASE = 0x20;

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] buffer = new byte[256 * 1024];

  EventConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  /**
   * Sends a request and reads its answer whole.
   *
   * @return the status
   */
  int send(byte[] request) throws IOException {
    out.write(request);
    var filled = 0;
    var end = -1;
    while (end < 0 || filled < end) {
      var read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        throw new EOFException("the node has closed the connection");
      }
      filled += read;
      if (end < 0) {
        end = end(filled);
      }
    }
    return Integer.parseInt(new String(buffer, STATUS_AT, 3, US_ASCII));
  }

  /** Where the answer ends; -1 if its head is not there yet. */
  private int end(int filled) {
    for (var i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
        return i + 1 + length(i);
      }
    }
    return -1;
  }

  private int length(int headEnd) {
    for (var i = 0; i < headEnd - LENGTH.length; i++) {
      if (matches(i)) {
        return number(i + LENGTH.length);
      }
    }
    throw new IllegalStateException("an answer without Content-Length");
  }

  private boolean matches(int at) {
    for (var i = 0; i < LENGTH.length; i++) {
      if ((buffer[at + i] | LOWER_CASE) != (LENGTH[i] | LOWER_CASE)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    var at = from;
    while (buffer[at] == ' ') {
      at++;
    }
    var number = 0;
    while (buffer[at] >= '0' && buffer[at] <= '9') {
      number = number * 10 + buffer[at++] - '0';
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
