package dev.stepwell.server.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends to each node all the time, some events at once, and notes when it was answered. */
final class Gaps implements AutoCloseable {

  /** At once to each node: an event may have to wait for the partition that it belongs to. */
  private static final int AT_A_TIME = 6;

  private static final long PAUSE_MILLIS = 300;

  /** After a death; later it has nothing to do with that. */
  private static final long LOOK_FOR_MILLIS = 8_000;

  private final List<List<Long>> answers = new ArrayList<>();
  private final List<Api> apis = new ArrayList<>();
  private final AtomicLong keys = new AtomicLong();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopped;

  Gaps(int... ports) {
    for (var port : ports) {
      var api = new Api(port);
      var seen = new CopyOnWriteArrayList<Long>();
      apis.add(api);
      answers.add(seen);
      for (var i = 0; i < AT_A_TIME; i++) {
        senders.execute(() -> send(api, seen));
      }
    }
  }

  private void send(Api api, List<Long> seen) {
    try {
      while (!stopped) {
        var key = Long.toString(keys.incrementAndGet());
        var body = "{\"name\":\"probe/sent\",\"data\":{\"key\":\"" + key + "\"}}";
        if (api.post(body)) {
          seen.add(System.currentTimeMillis());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A time without an answer.
   *
   * @param node that did not answer
   * @param killed which one had been killed
   * @param fromMillis how long after that it began
   */
  record Gap(int node, int killed, long fromMillis, long lastsMillis) {}

  /** The longest gap after each kill, of each other node; the longest last. */
  List<Gap> longest(List<Fleet.Kill> kills) {
    var longest = new ArrayList<Gap>();
    for (var kill : kills) {
      for (var node = 0; node < answers.size(); node++) {
        if (node != kill.node()) {
          longest.add(longest(node, kill));
        }
      }
    }
    longest.sort(Comparator.comparingLong(Gap::lastsMillis));
    return longest;
  }

  private Gap longest(int node, Fleet.Kill kill) {
    var before = kill.atMillis();
    var longest = new Gap(node, kill.node(), 0, 0);
    for (var at : answers.get(node)) {
      if (at > kill.atMillis() && before < kill.atMillis() + LOOK_FOR_MILLIS) {
        if (at - before > longest.lastsMillis()) {
          longest = new Gap(node, kill.node(), before - kill.atMillis(), at - before);
        }
        before = at;
      }
    }
    return longest;
  }

  @Override
  public void close() {
    stopped = true;
    senders.shutdown();
    try {
      var _ = senders.awaitTermination(20, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    apis.forEach(Api::close);
  }
}
