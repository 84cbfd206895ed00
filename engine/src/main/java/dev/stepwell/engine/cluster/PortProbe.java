package dev.stepwell.engine.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a process has died while its machine lives on. It keeps a connection to the port
 * on which the process hears other nodes. The kernel ends that when the process ends, and then
 * refuses new ones: only both together are taken for a death. A network that is cut, or a machine
 * that is gone, gives no answer and so no death; those are found out by missing heartbeats.
 */
final class PortProbe {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** When there is nothing to find out at this moment. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

  /** So often in a row, with a pause before each. */
  private static final int REFUSALS = 3;

  private final HostPort target;
  private final Runnable died;
  private volatile boolean stopped;
  private volatile @Nullable Socket open;

  private PortProbe(HostPort target, Runnable died) {
    this.target = target;
    this.died = died;
  }

  /**
   * Begins to probe.
   *
   * @param died is run once, on another thread, if the process dies
   */
  static PortProbe begin(HostPort target, Runnable died) {
    var probe = new PortProbe(target, died);
    Thread.ofVirtual().name("stepwell-probe-" + target).start(probe::probe);
    return probe;
  }

  /** Ends the probe; no death is found after that. */
  void stop() {
    stopped = true;
    var socket = open;
    if (socket != null) {
      close(socket);
    }
  }

  private void probe() {
    while (!stopped) {
      if (hold() && isRefused() && !stopped) {
        died.run();
        return;
      }
      pause(LONG_PAUSE);
    }
  }

  /** Whether there was a connection, which has ended. */
  private boolean hold() {
    try (var socket = connect()) {
      open = socket;
      awaitEnd(socket);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void awaitEnd(Socket socket) {
    try {
      var in = socket.getInputStream();
      while (!stopped && in.read() >= 0) {}
    } catch (IOException _) {
      // That is an end as well.
    }
  }

  private boolean isRefused() {
    for (var i = 0; i < REFUSALS; i++) {
      pause(PAUSE);
      try (var _ = connect()) {
        return false;
      } catch (IOException e) {
        if (!(e instanceof ConnectException) || !isRefusal(e)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Java has the same exception for a connection that the kernel gives up. */
  private static boolean isRefusal(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    try {
      socket.connect(target.resolve(), (int) CONNECT_WITHIN.toMillis());
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no use any more.
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      stopped = true;
    }
  }
}
