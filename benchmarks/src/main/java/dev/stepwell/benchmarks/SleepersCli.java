package dev.stepwell.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Many sleeping runs: an idle node for comparison, a node on which they begin, and a node that
 * starts where that one stopped; each is a process of its own.
 */
@Command(name = "sleepers", description = "Sleeping runs: heap, and lateness of those that wake.")
final class SleepersCli implements Callable<Integer> {

  @Option(names = "--count", defaultValue = "1000000")
  private long count;

  @Option(names = "--slice", description = "Of these, so many wake.", defaultValue = "10000")
  private long slice;

  @Option(names = "--wake-from", description = "Seconds after the last began.", defaultValue = "60")
  private long wakeFromSeconds;

  @Option(
      names = "--wake-within",
      description = "Seconds; the slice wakes evenly over them.",
      defaultValue = "30")
  private long wakeWithinSeconds;

  @Option(names = "--heap", description = "Of each process.", defaultValue = "1g")
  private String heap = "";

  @Option(names = "--dir", defaultValue = "benchmarks/target/data")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    var idle = StoreKind.fresh(directory);
    var full = StoreKind.fresh(directory);
    var ended = live(SleepersNode.Phase.IDLE, idle);
    ended = Math.max(ended, live(SleepersNode.Phase.FILL, full));
    ended = Math.max(ended, live(SleepersNode.Phase.WAKE, full));
    StoreKind.delete(idle);
    StoreKind.delete(full);
    return ended;
  }

  private int live(SleepersNode.Phase phase, Path data) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders"));
    command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path")));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("stepwell.") || name.startsWith("logback."))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.add(Main.class.getName());
    command.addAll(List.of("sleepers-node", "--phase", phase.name(), "--dir", data.toString()));
    command.addAll(List.of("--count", Long.toString(count), "--slice", Long.toString(slice)));
    command.addAll(List.of("--wake-from", Long.toString(wakeFromSeconds)));
    command.addAll(List.of("--wake-within", Long.toString(wakeWithinSeconds)));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
