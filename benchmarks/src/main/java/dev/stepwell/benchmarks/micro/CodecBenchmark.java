package dev.stepwell.benchmarks.micro;

import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunFactCodec;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.EventCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Facts and events as bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

  private final RunFact fact = Things.succeeded("charge-the-card");
  private final byte[] factBytes = RunFactCodec.INSTANCE.encode(fact);
  private final byte[] eventBytes = EventCodec.INSTANCE.encode(Things.EVENT);

  @Benchmark
  public byte[] encodeFact() {
    return RunFactCodec.INSTANCE.encode(fact);
  }

  @Benchmark
  public RunFact decodeFact() {
    return RunFactCodec.INSTANCE.decode(factBytes);
  }

  @Benchmark
  public byte[] encodeEvent() {
    return EventCodec.INSTANCE.encode(Things.EVENT);
  }

  @Benchmark
  public Event decodeEvent() {
    return EventCodec.INSTANCE.decode(eventBytes);
  }
}
