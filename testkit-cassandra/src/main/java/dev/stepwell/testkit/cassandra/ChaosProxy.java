package dev.stepwell.testkit.cassandra;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between clients and a Cassandra node: passes on what they say, frame by frame, and on
 * demand loses some of it, so that clients do not know what has become of their statements.
 *
 * <p>It reads frames of the native protocol up to version 4, so clients must be told to speak
 * nothing newer.
 */
public final class ChaosProxy implements AutoCloseable {

  private static final int HEADER_BYTES = 9;
  private static final int OPCODE_AT = 4;
  private static final int LENGTH_AT = 5;
  private static final int ANSWER_BIT = 0x80;
  private static final int VERSION_MAX = 4;
  private static final int ERROR = 0x00;
  private static final int QUERY = 0x07;
  private static final int RESULT = 0x08;
  private static final int EXECUTE = 0x0A;
  private static final int BATCH = 0x0D;

  /** Statements and their answers. All else that is said belongs to the connection. */
  private static final Set<Integer> MEANT = Set.of(ERROR, QUERY, RESULT, EXECUTE, BATCH);

  /**
   * What is lost.
   *
   * @param share of all statements, 0 to 1: as many requests never arrive, arrive late, and are
   *     executed but not answered
   * @param late how late; longer than clients wait
   */
  public record Loss(double share, Duration late) {
    public static final Loss NONE = new Loss(0, Duration.ZERO);
  }

  private final ServerSocket listener;
  private final InetSocketAddress node;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong lost = new AtomicLong();
  private volatile Loss loss = Loss.NONE;

  private ChaosProxy(ServerSocket listener, InetSocketAddress node) {
    this.listener = listener;
    this.node = node;
  }

  /**
   * Listens from now on.
   *
   * @param at where clients find the node
   * @param node where it is
   */
  public static ChaosProxy start(InetSocketAddress at, InetSocketAddress node) throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(at);
    var proxy = new ChaosProxy(listener, node);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  /** From now on. */
  public void lose(Loss what) {
    loss = what;
  }

  /** How many statements had another fate than others so far. */
  public long lost() {
    return lost.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        var server = new Socket();
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> connect(client, server));
      } catch (IOException _) {
        // Closed; or a client was gone before it was here.
      }
    }
  }

  private void connect(Socket client, Socket server) {
    try {
      server.connect(node);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      var toServer = new Line(server, client);
      Thread.ofVirtual().start(() -> toServer.passOn(client));
      new Line(client, server).passOn(server);
    } catch (IOException _) {
      hangUp(client);
      hangUp(server);
    }
  }

  private void hangUp(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException _) {
      // Then it is gone.
    }
  }

  /** One direction of a connection. */
  private final class Line {
    private final Socket to;
    private final Socket other;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();

    Line(Socket to, Socket other) throws IOException {
      this.to = to;
      this.other = other;
      out = to.getOutputStream();
    }

    void passOn(Socket from) {
      try (var in = new DataInputStream(new BufferedInputStream(from.getInputStream()))) {
        while (true) {
          var header = in.readNBytes(HEADER_BYTES);
          if (header.length < HEADER_BYTES) {
            return;
          }
          if ((header[0] & ~ANSWER_BIT) > VERSION_MAX) {
            throw new SocketException("a newer protocol than version " + VERSION_MAX);
          }
          var length = ByteBuffer.wrap(header).getInt(LENGTH_AT);
          var frame = new byte[HEADER_BYTES + length];
          System.arraycopy(header, 0, frame, 0, HEADER_BYTES);
          in.readFully(frame, HEADER_BYTES, length);
          passOn(frame);
        }
      } catch (IOException _) {
        // One end has hung up, and so do we.
      } finally {
        hangUp(to);
        hangUp(other);
      }
    }

    private void passOn(byte[] frame) throws IOException {
      var now = loss;
      var isAnswer = (frame[0] & ANSWER_BIT) != 0;
      var share = MEANT.contains((int) frame[OPCODE_AT]) ? now.share() / 3 : 0;
      var chance = ThreadLocalRandom.current().nextDouble();
      if (chance >= (isAnswer ? share : 2 * share)) {
        write(frame);
        return;
      }
      lost.incrementAndGet();
      if (!isAnswer && chance >= share) {
        Thread.ofVirtual().start(() -> writeLater(frame, now.late()));
      }
    }

    private void writeLater(byte[] frame, Duration late) {
      try {
        TimeUnit.NANOSECONDS.sleep(late.toNanos());
        write(frame);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (IOException _) {
        // Hung up meanwhile: then it is lost.
      }
    }

    private void write(byte[] frame) throws IOException {
      writing.lock();
      try {
        out.write(frame);
        out.flush();
      } finally {
        writing.unlock();
      }
    }
  }

  /** Hangs up on everybody. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException _) {
      // Then it is gone.
    }
    sockets.forEach(this::hangUp);
  }
}
