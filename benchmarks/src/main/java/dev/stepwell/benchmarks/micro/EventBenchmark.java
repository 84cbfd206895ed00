package dev.stepwell.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.gateway.events.EventParser;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done with each event that comes in; times are for one event of some 300 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventBenchmark {

  private static final int EVENTS = 100;
  private static final int MAX_EVENT_BYTES = 512 * 1024;

  private final EventParser parser = new EventParser(MAX_EVENT_BYTES);
  private final byte[] body = Things.body(EVENTS).getBytes(UTF_8);
  private final MatchValues values = MatchValues.of(List.of("data.orderId", "data.customer.id"));

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public List<NewEvent> parse() throws ProblemException {
    return parser.parse(body);
  }

  @Benchmark
  public List<Match> matchValues() {
    return values.in(Things.ORDER);
  }
}
