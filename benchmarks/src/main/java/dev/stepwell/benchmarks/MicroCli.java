package dev.stepwell.benchmarks;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks of single pieces. */
@Command(name = "micro", description = "Rules, codecs and parsers, by JMH: ns and bytes each.")
final class MicroCli implements Callable<Integer> {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Parameters(paramLabel = "REGEX", defaultValue = ".*Benchmark.*", description = "Which ones.")
  private String include = "";

  @Option(names = "--forks", defaultValue = "1")
  private int forks;

  @Option(names = "--iterations", defaultValue = "3")
  private int iterations;

  @Override
  public Integer call() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(include)
            .forks(forks)
            .warmupIterations(iterations)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    for (var result : new Runner(options).run()) {
      var measured = result.getPrimaryResult();
      var parameters = result.getParams();
      var figure =
          new Figure("micro")
              .word("of", measured.getLabel())
              .number("ns", measured.getScore())
              .number("ns_error", measured.getScoreError());
      parameters.getParamsKeys().forEach(key -> figure.word(key, parameters.getParam(key)));
      var allocated = result.getSecondaryResults().get(ALLOCATED);
      if (allocated != null) {
        figure.number("bytes_allocated", allocated.getScore());
      }
      figure.print();
    }
    return 0;
  }
}
