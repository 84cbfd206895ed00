package dev.stepwell.server.demo;

import dev.stepwell.DurableFunction;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.examples.ExampleFunctions;
import dev.stepwell.server.client.Client;
import dev.stepwell.server.client.ServerException;
import dev.stepwell.server.node.Node;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Shows an order being processed; or, after a crash, the order from before being finished. */
public final class Demo {

  private static final int ORDER_WITHIN_SECONDS = 300;
  private static final int FOLLOWERS_WITHIN_SECONDS = 5;

  private final PrintStream out;
  private final Pen pen;
  private final String command;
  private final Progress progress;

  /**
   * A demo that has not begun.
   *
   * @param command how this program is called
   */
  public Demo(PrintStream out, String command) {
    this.out = out;
    this.pen = Pen.of(out);
    this.command = command;
    this.progress = Progress.start(out, new Lines(pen, ZoneId.systemDefault()));
  }

  /** The shop of the examples, which reports to this demo. */
  public List<DurableFunction<?, ?>> functions() {
    return ExampleFunctions.all(line -> progress.tell(new News.Said(line)));
  }

  /** To be told what the node's runs do. */
  public RunListener listener() {
    return progress;
  }

  /**
   * Tells the story on a node with {@link #functions} and {@link #listener}.
   *
   * @return how the order has ended
   */
  public RunStatus play(Node node) throws ServerException {
    out.println();
    out.println(pen.bold("Stepwell is up at " + node.url()) + ", with the shop of examples/java.");
    out.println();
    var unfinished = Unfinished.orders(node.engine());
    var run = unfinished.isEmpty() ? send(node) : takeUp(unfinished);
    var status = await(progress.endOf(run), ORDER_WITHIN_SECONDS, RunStatus.RUNNING);
    if (status == RunStatus.COMPLETED) {
      for (var follower : DemoOrder.FOLLOWERS) {
        await(progress.endOf(follower), FOLLOWERS_WITHIN_SECONDS, RunStatus.RUNNING);
      }
    }
    showMore(node, run, status);
    return status;
  }

  private Ulid send(Node node) throws ServerException {
    var order = DemoOrder.at(LocalTime.now(ZoneId.systemDefault()));
    out.println("Sending an order, as you could:");
    out.println(
        pen.dim("  %s send %s --data '%s'".formatted(command, DemoOrder.EVENT, order.data())));
    out.println();
    out.println(
        "It takes about 10 seconds. If you like, crash it meanwhile from another terminal,");
    out.println("start the demo again, and see the order go on where it was:");
    out.println(pen.dim("  kill -9 " + ProcessHandle.current().pid()));
    out.println();
    progress.beginAt(Instant.now());
    try (var client = new Client(node.url())) {
      return order.send(client).derive(DemoOrder.FUNCTION);
    }
  }

  private Ulid takeUp(List<RunView> unfinished) {
    var run = unfinished.getLast();
    out.println(
        pen.bold("An order from before is still under way: watching it finish.")
            + (unfinished.size() > 1
                ? " (So are %d others.)".formatted(unfinished.size() - 1)
                : ""));
    out.println("Steps that were stored are not executed again; times count from its beginning.");
    out.println();
    progress.beginAt(run.startedAt());
    return run.id();
  }

  private void showMore(Node node, Ulid run, RunStatus status) {
    out.println();
    out.println(
        pen.bold("The order is %s.".formatted(status.name().toLowerCase(Locale.ROOT)))
            + " Look at it from another terminal:");
    out.println(pen.dim("  %s runs get %s".formatted(command, run)));
    out.println(pen.dim("  %s runs list".formatted(command)));
    out.println(pen.dim("  curl -s %s/v1/runs/%s".formatted(node.url(), run)));
    out.println(
        "More to send is in examples/java/README.md: a declined card, a refund that waits for you.");
    out.println();
  }

  private static RunStatus await(
      CompletableFuture<RunStatus> end, int seconds, RunStatus otherwise) {
    return end.completeOnTimeout(otherwise, seconds, TimeUnit.SECONDS).join();
  }
}
