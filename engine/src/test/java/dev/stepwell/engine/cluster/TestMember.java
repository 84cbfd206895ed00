package dev.stepwell.engine.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.RunningEngine;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Store;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** A node of a {@link TestCluster}. */
final class TestMember {

  private static final String CONFIG =
      """
      pekko.loglevel = WARNING
      # Its actors just end, as they do with a process that is killed.
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      pekko.cluster {
        split-brain-resolver { stable-after = 1s, down-all-when-unstable = 15s }
        down-removal-margin = 500ms
        failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 2s }
      }
      stepwell.engine { partitions = 8, short-pause = 100ms, retry-pause = 100ms, slot-lease = 2s }
      """;

  private final CutStore store;
  private final RunningEngine engine;

  private TestMember(CutStore store, RunningEngine engine) {
    this.store = store;
    this.engine = engine;
  }

  /** Begins to start; joins by {@code joining}. */
  static TestMember begin(Store shared, Book book, Joining joining) {
    return begin(shared, book, EngineStart.configuration(), joining);
  }

  /** Begins to start with a configuration that this one's is laid over. */
  static TestMember begin(Store shared, Book book, Config base, Joining joining) {
    var store = new CutStore(shared);
    var config = ConfigFactory.parseString(CONFIG).withFallback(base);
    var start = new EngineStart(config, store, Tales.all(book), RunListener.NONE, joining);
    return new TestMember(store, RunningEngine.begin(start));
  }

  void awaitReady() {
    engine.ready().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
  }

  Engine engine() {
    return engine.engine();
  }

  RunningEngine running() {
    return engine;
  }

  /** How many nodes are up, as this one sees it. */
  long up() {
    return StreamSupport.stream(cluster().state().getMembers().spliterator(), false)
        .filter(member -> member.status() == MemberStatus.up())
        .count();
  }

  Address address() {
    return cluster().selfMember().address();
  }

  Cluster cluster() {
    return Cluster.get(engine.system());
  }

  /** Leaves gracefully. */
  void leave() {
    engine.close();
  }

  /** Ends without telling anybody. */
  void die() {
    store.cut();
    engine.system().terminate();
    engine.system().getWhenTerminated().toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
  }
}
