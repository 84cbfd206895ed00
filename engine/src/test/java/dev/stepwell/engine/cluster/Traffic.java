package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.EventNames;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.Engine.CancelAnswer;
import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.execution.JsonValues;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Sends events to any node, as users do: again to another one when the answer is no. */
final class Traffic {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * What is to become of an event.
   *
   * @param output as JSON; empty if the run is cancelled
   * @param steps in the order in which they must begin; those after its cancellation need not
   */
  private record Expected(Ulid run, Optional<String> output, List<String> steps) {}

  private final TestCluster cluster;
  private final List<Expected> expected = new ArrayList<>();
  private final List<Ulid> worked = new ArrayList<>();
  private int keys;

  Traffic(TestCluster cluster) {
    this.cluster = cluster;
  }

  /** One event of each kind, and what is to follow it. */
  void round() {
    var key = "key-" + keys++;
    var work = send(new Tales.Work(key, ThreadLocalRandom.current().nextLong(80)), Tales.WORK);
    worked.add(work);
    expect(work, key + ",first,second,third", "first", "second", "third");
    expect(send(new Tales.Nap(key), Tales.NAP), key, "before", "after");
    expect(send(new Tales.Ask(key), Tales.ASK), "answer to " + key, "ask");
    expect(send(new Tales.Hear(key), Tales.HEAR), "signal to " + key);
    expect(send(new Tales.Call(key), Tales.CALL), key + ",answer,collect", "collect");
    expect(send(new Tales.Flaky(key), Tales.FLAKY), key, "try");
    expect(send(new Tales.Limited(key), Tales.LIMITED), key + ",in-line", "in-line");
    var endless = send(new Tales.Endless(key), Tales.ENDLESS);
    expected.add(new Expected(endless, Optional.empty(), List.of("begin")));
    send(new Tales.Answer(key, "answer to " + key), "nobody");
    signal(key);
    cancel(endless);
  }

  private void expect(Ulid run, String output, String... steps) {
    var json = JsonValues.write(output).toString();
    expected.add(new Expected(run, Optional.of(json), List.of(steps)));
  }

  /**
   * Sends an event until it is accepted.
   *
   * @return the run of that function
   */
  Ulid send(Record event, String function) {
    var entropy = new byte[IdSeed.ENTROPY_BYTES];
    ThreadLocalRandom.current().nextBytes(entropy);
    var seed = Optional.of(new IdSeed(System.currentTimeMillis(), entropy));
    var sent = NewEvent.of(EventNames.of(event.getClass()), JsonValues.write(event));
    var ids = insist(engine -> engine.send(List.of(sent), seed));
    return ids.getFirst().derive(function);
  }

  private void signal(String key) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            insist(engine -> engine.signal(key, Json.of("\"signal to " + key + "\""))).isPresent()
                || output(heardBy(key)).isPresent());
  }

  private Ulid heardBy(String key) {
    var answer = JsonValues.write("signal to " + key).toString();
    return expected.stream()
        .filter(one -> one.output().equals(Optional.of(answer)))
        .findFirst()
        .orElseThrow()
        .run();
  }

  private Optional<Json> output(Ulid run) {
    return insist(engine -> engine.run(run)).flatMap(RunView::output);
  }

  private void cancel(Ulid run) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            !(insist(engine -> engine.cancel(run, "enough")) instanceof CancelAnswer.NoSuchRun));
  }

  /** Asks one node after the other until one answers. */
  <A> A insist(Function<Engine, CompletionStage<A>> question) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return question.apply(cluster.anyEngine()).toCompletableFuture().join();
      } catch (CompletionException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  /** Everything comes to its right end, by what any node says. */
  void verify() {
    for (var one : expected) {
      var ended = awaitEnd(one.run());
      assertThat(ended.output().map(Json::toString)).as("%s", ended).isEqualTo(one.output());
      assertThat(ended.status())
          .as("%s", ended)
          .isEqualTo(one.output().isPresent() ? RunStatus.COMPLETED : RunStatus.CANCELLED);
      var began = withoutRepeats(cluster.book().steps(one.run().toString()));
      if (ended.status() == RunStatus.CANCELLED) {
        assertThat(one.steps()).as("%s", ended).startsWith(began.toArray(String[]::new));
      } else {
        assertThat(began).as("%s", ended).isEqualTo(one.steps());
      }
    }
    verifyEndsWereHeardOfOnce();
  }

  RunView awaitEnd(Ulid run) {
    return await()
        .alias("end of " + run)
        .atMost(PATIENCE)
        .until(
            () -> insist(engine -> engine.run(run)),
            view -> view.filter(it -> it.status() != RunStatus.RUNNING).isPresent())
        .orElseThrow();
  }

  /** A step that was in flight may begin again, at once; but none after a later one. */
  private static List<String> withoutRepeats(List<String> steps) {
    var names = new ArrayList<String>();
    for (var step : steps) {
      if (names.isEmpty() || !names.getLast().equals(step)) {
        names.add(step);
      }
    }
    return names;
  }

  private void verifyEndsWereHeardOfOnce() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var heard = new Runs(cluster).outputs(Tales.WATCH);
          assertThat(heard).hasSameSizeAs(new HashSet<>(heard));
          assertThat(heard).containsAll(worked.stream().map(run -> "\"" + run + "\"").toList());
          assertThat(heard).hasSameSizeAs(worked);
        });
  }
}
