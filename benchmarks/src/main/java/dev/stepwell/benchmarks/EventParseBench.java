package dev.stepwell.benchmarks;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.gateway.events.EventParser;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request costs from its bytes to checked events, beside what only building a tree of it
 * would. An event has about 275 bytes and 15 members, two objects in a list among them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EventParseBench {

  private static final int MAX_EVENT_BYTES = 512 * 1024;

  private final EventParser parser = new EventParser(MAX_EVENT_BYTES);
  private final JsonMapper mapper =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Param({"1", "10", "100"})
  private int events;

  private byte[] body = {};

  @Setup
  public void writeBody() {
    body =
        IntStream.range(0, events)
            .mapToObj(EventParseBench::event)
            .collect(Collectors.joining(",", "[", "]"))
            .getBytes(StandardCharsets.UTF_8);
  }

  /** The gateway's way. */
  @Benchmark
  public List<NewEvent> parser() throws ProblemException {
    return parser.parse(body);
  }

  /** A tree in memory, and no rule checked. */
  @Benchmark
  public JsonNode tree() throws IOException {
    return mapper.readTree(body);
  }

  private static String event(int n) {
    return """
    {"name":"shop/order.created","data":{"orderId":"ord_%1$d","total":%1$d.25,"currency":"EUR",\
    "items":[{"sku":"A-%1$d","n":2},{"sku":"B-7","n":1}],\
    "customer":{"id":%1$d,"mail":"someone%1$d@example.com"}},"ts":1760000000000}\
    """
        .formatted(100_000 + n);
  }
}
