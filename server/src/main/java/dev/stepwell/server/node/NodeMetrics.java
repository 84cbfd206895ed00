package dev.stepwell.server.node;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.gateway.Gateway;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what runs do on a node, and tells it together with how the node is. Counts of runs have
 * Inngest's names, so that dashboards fit. Until somebody asks, it costs a few counters.
 */
final class NodeMetrics implements RunListener {

  /** What is looked at when somebody asks. */
  record Sources(Gateway gateway, Engine engine, Store store) {}

  private record StartedKey(String function) {}

  private record StepKey(String function, String state) {}

  private record EndedKey(String function, RunStatus status) {}

  private static final String UNDER_WAY = "stepwell.requests.under.way";

  private final RunListener next;
  private final Map<StartedKey, LongAdder> started = new ConcurrentHashMap<>();
  private final Map<StepKey, LongAdder> steps = new ConcurrentHashMap<>();
  private final Map<EndedKey, LongAdder> ended = new ConcurrentHashMap<>();
  private @Nullable PrometheusMeterRegistry registry;
  private @Nullable JvmGcMetrics gc;
  private @Nullable Sources sources;

  /**
   * Counts, and passes everything on.
   *
   * @param next is told as well
   */
  NodeMetrics(RunListener next) {
    this.next = next;
  }

  @Override
  public void started(Ulid runId, String function, Instant at) {
    started.computeIfAbsent(new StartedKey(function), _ -> new LongAdder()).increment();
    next.started(runId, function, at);
  }

  @Override
  public void step(
      Ulid runId, String function, String step, String state, Supplier<String> detail, Instant at) {
    steps.computeIfAbsent(new StepKey(function, state), _ -> new LongAdder()).increment();
    next.step(runId, function, step, state, detail, at);
  }

  @Override
  public void ended(Ulid runId, String function, RunStatus status, Instant at) {
    ended.computeIfAbsent(new EndedKey(function, status), _ -> new LongAdder()).increment();
    next.ended(runId, function, status, at);
  }

  /** From now on tells of these as well. */
  synchronized void watch(Sources whatElse) {
    sources = whatElse;
  }

  /** Everything, in Prometheus' text format. */
  synchronized String text() {
    var meters = registry;
    if (meters == null) {
      meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      registry = meters;
      bindProcess(meters);
    }
    var node = sources;
    if (node != null && meters.find(UNDER_WAY).gauge() == null) {
      bindNode(meters, node);
    }
    bindRuns(meters);
    return meters.scrape();
  }

  private void bindProcess(PrometheusMeterRegistry meters) {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    var collections = new JvmGcMetrics();
    collections.bindTo(meters);
    gc = collections;
  }

  private static void bindNode(PrometheusMeterRegistry meters, Sources node) {
    Gauge.builder(UNDER_WAY, node.gateway(), Gateway::requestsUnderWay)
        .description("Requests that were let in and are not answered yet")
        .register(meters);
    Gauge.builder("stepwell.request.bytes.under.way", node.gateway(), Gateway::bytesUnderWay)
        .description("Bytes of requests' bodies for which room is taken")
        .register(meters);
    for (var reachable : new boolean[] {true, false}) {
      Gauge.builder("stepwell.cluster.nodes", node.engine(), it -> nodes(it, reachable))
          .description("Nodes of the cluster, as this one sees it")
          .tags("reachable", Boolean.toString(reachable))
          .register(meters);
    }
    for (var name : node.store().counters().keySet()) {
      FunctionCounter.builder(
              "stepwell.store." + name.replace('_', '.'),
              node.store(),
              store -> store.counters().getOrDefault(name, 0L))
          .description("What the store has done since this process started")
          .register(meters);
    }
  }

  private static long nodes(Engine engine, boolean reachable) {
    return engine.nodes().stream().filter(node -> node.reachable() == reachable).count();
  }

  /** Each counter that has come since; the registry keeps those that it has. */
  private void bindRuns(PrometheusMeterRegistry meters) {
    started.forEach((key, count) ->
        bind(
            meters,
            "inngest.function.run.started",
            Tags.of("fn", key.function()),
            "Runs that began on this node",
            count));
    ended.forEach((key, count) ->
        bind(
            meters,
            "inngest.function.run.ended",
            Tags.of("fn", key.function(), "status", word(key.status())),
            "Runs that ended on this node",
            count));
    steps.forEach((key, count) ->
        bind(
            meters,
            "stepwell.steps",
            Tags.of("fn", key.function(), "state", key.state()),
            "Changes of steps on this node, by what they came to",
            count));
  }

  private static String word(RunStatus status) {
    var name = status.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static void bind(
      PrometheusMeterRegistry meters, String name, Tags tags, String description, LongAdder count) {
    if (meters.find(name).tags(tags).functionCounter() == null) {
      FunctionCounter.builder(name, count, LongAdder::sum)
          .tags(tags)
          .description(description)
          .register(meters);
    }
  }

  /** Ends what watches the garbage collector. */
  synchronized void close() {
    var collections = gc;
    if (collections != null) {
      collections.close();
    }
  }
}
