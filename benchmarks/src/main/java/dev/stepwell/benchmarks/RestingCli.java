package dev.stepwell.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.testkit.cassandra.CassandraRing;
import dev.stepwell.testkit.cassandra.CommitLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs that sleep and wait on a cluster, one of whose nodes is killed while they do. */
@Command(
    name = "resting",
    description = "Runs that sleep and wait on several nodes, one of which is killed meanwhile.")
final class RestingCli implements Callable<Integer> {

  private static final int EVENTS_OF_A_REQUEST = 20;
  private static final int OK = 200;
  private static final long PAUSE_MILLIS = 50;
  private static final long POLL_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration MONTH = Duration.ofDays(30);

  @Option(names = "--nodes", defaultValue = "3")
  private int size;

  @Option(names = "--sleeping", defaultValue = "200000")
  private long sleeping;

  @Option(names = "--waiting", defaultValue = "50000")
  private long waiting;

  @Option(names = "--slice", description = "Of the sleeping: to wake soon.", defaultValue = "5000")
  private long slice;

  @Option(
      names = "--wake-from",
      description = "Seconds after the last fell asleep; a node is killed in between.",
      defaultValue = "60")
  private long wakeFromSeconds;

  @Option(names = "--wake-within", description = "Seconds.", defaultValue = "30")
  private long wakeWithinSeconds;

  @Option(names = "--heap", description = "Of each node.", defaultValue = "1g")
  private String heap = "";

  private final List<Member> members = new ArrayList<>();

  /** A node in a process of its own. */
  private record Member(Process process, BufferedReader out, int port) {

    static Member of(Process process) throws IOException {
      var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      return new Member(process, out, URI.create(nextAnswer(out)).getPort());
    }

    double ask(String question) throws IOException {
      process.getOutputStream().write((question + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
      return Double.parseDouble(nextAnswer(out));
    }

    private static String nextAnswer(BufferedReader out) throws IOException {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(RestingNode.ANSWER)) {
          return line.substring(RestingNode.ANSWER.length());
        }
        System.err.println(line);
      }
      throw new IOException("a node has ended; what it said is above");
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      start();
      settle();
      printHeaps("resting-idle");
      fill();
      settle();
      printHeaps("resting-full");
      members.removeLast().process().destroyForcibly().onExit().join();
      wake();
      match();
      settle();
      printHeaps("resting-after-a-kill");
    } finally {
      members.forEach(member -> member.process().destroyForcibly());
    }
    return 0;
  }

  private void start() throws IOException {
    var contact = Rings.cassandra(CommitLog.PERIODIC).contactPoint();
    var ports = IntStream.range(0, size).mapToObj(_ -> Rings.freePort()).toList();
    var points = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    var keyspace = "resting_" + System.currentTimeMillis();
    var started = new ArrayList<Process>();
    for (var port : ports) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "--sun-misc-unsafe-memory-access=allow",
              "--enable-native-access=ALL-UNNAMED",
              "-XX:+UseCompactObjectHeaders",
              "-Xmx" + heap,
              "-Dstepwell.gateway.port=0",
              "-Dstepwell.cluster.port=" + port,
              "-Dstepwell.cluster.contact-points.list=" + points,
              "-Dstepwell.cluster.clock-skew-max=0s",
              "-Dstepwell.cassandra.contact-points="
                  + contact.getHostString()
                  + ":"
                  + contact.getPort(),
              "-Dstepwell.cassandra.keyspace=" + keyspace,
              "-Dstepwell.cassandra.replication." + CassandraRing.DATACENTER + "=1"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.add("resting-node");
      started.add(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }
    for (var process : started) {
      members.add(Member.of(process));
    }
  }

  private void fill() throws IOException, InterruptedException {
    var begun = System.nanoTime();
    var inAMonth = System.currentTimeMillis() + MONTH.toMillis();
    send(Functions.NAP, sleeping - slice, _ -> inAMonth);
    await("rested", sleeping - slice);
    figure("resting-sleepers", sleeping - slice, begun).print();
    begun = System.nanoTime();
    send(Functions.QUESTION, waiting, n -> n);
    await("rested", sleeping - slice + waiting);
    figure("resting-waits", waiting, begun).print();
    var wakeFrom = System.currentTimeMillis() + wakeFromSeconds * 1_000;
    send(Functions.NAP, slice, n -> wakeFrom + n * wakeWithinSeconds * 1_000 / slice);
    await("rested", sleeping + waiting);
  }

  private void wake() throws IOException, InterruptedException {
    await("woken", slice);
    for (var member : members) {
      new Figure("resting-wake")
          .count("node", members.indexOf(member) + 1)
          .count("woken", (long) member.ask("woken"))
          .count("earliest_ms", (long) member.ask("earliest"))
          .count("late_p50_ms", (long) member.ask("p50"))
          .count("late_p99_ms", (long) member.ask("p99"))
          .count("late_max_ms", (long) member.ask("max"))
          .print();
    }
  }

  private void match() throws IOException, InterruptedException {
    var before = sum("ended");
    var begun = System.nanoTime();
    send(Functions.ANSWER, waiting, n -> n);
    await("ended", before + waiting);
    figure("resting-match", waiting, begun).print();
  }

  private Figure figure(String name, long runs, long begun) {
    return new Figure(name)
        .count("nodes", members.size())
        .count("runs", runs)
        .number("per_s", runs * 1e9 / (System.nanoTime() - begun));
  }

  private void printHeaps(String name) throws IOException {
    for (var member : members) {
      new Figure(name)
          .count("node", members.indexOf(member) + 1)
          .number("heap_mib", member.ask("heap"))
          .print();
    }
  }

  private static void settle() throws InterruptedException {
    Thread.sleep(SETTLE);
  }

  private long sum(String what) throws IOException {
    var sum = 0L;
    for (var member : members) {
      sum += (long) member.ask(what);
    }
    return sum;
  }

  private void await(String what, long atLeast) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (sum(what) < atLeast) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only %d of %d are %s".formatted(sum(what), atLeast, what));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** To all nodes at once, each its part; whatever is refused, once more a little later. */
  private void send(String event, long events, LongUnaryOperator number)
      throws InterruptedException {
    var senders = new ArrayList<Thread>();
    for (var i = 0; i < members.size(); i++) {
      var first = i;
      var port = members.get(i).port();
      senders.add(Thread.ofPlatform().start(() -> send(port, event, first, events, number)));
    }
    for (var sender : senders) {
      sender.join();
    }
  }

  private void send(int port, String event, int which, long events, LongUnaryOperator number) {
    var template = EventTemplate.of(event, EVENTS_OF_A_REQUEST);
    var step = (long) EVENTS_OF_A_REQUEST * members.size();
    try (var connection = new EventConnection(port)) {
      for (var first = (long) EVENTS_OF_A_REQUEST * which; first < events; first += step) {
        template.draw();
        for (var i = 0; i < EVENTS_OF_A_REQUEST; i++) {
          template.number(i, number.applyAsLong(first + i));
        }
        while (connection.send(template.bytes()) != OK) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a node takes no events any more", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
