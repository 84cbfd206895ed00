package dev.stepwell.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.NonRetryableException;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps.Fork;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JavaForkTest {

  private final AtomicInteger executions = new AtomicInteger();

  @Test
  void forksProceedSideBySide() {
    var meeting = new CyclicBarrier(3);
    var desk =
        Story.desk((_, step) -> {
          var a = step.start("a", () -> met(meeting));
          var b = step.start("b", () -> met(meeting));
          var c = step.run("c", () -> met(meeting));
          return a.join() + b.join() + c;
        });

    desk.live();

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"metmetmet\"")));
  }

  @Test
  void aForksResultIsStoredBeforeItIsJoined() {
    var desk = new FakeDesk[1];
    desk[0] =
        Story.desk((_, step) -> {
          var fork = step.start("a", () -> "1");
          var joined = fork.join();
          assertThat(desk[0].writes()).hasSize(1);
          return joined + fork.join();
        });

    desk[0].live();

    assertThat(desk[0].outcome()).isEqualTo(new Outcome.Completed(Json.of("\"11\"")));
  }

  @Test
  void aForkThatIsRecordedIsNotExecutedAgain() {
    var desk =
        Story.desk(
                (_, step) -> {
                  var fork = step.start("a", () -> "executed " + executions.incrementAndGet());
                  return fork.join();
                })
            .after(Story.succeeded("a", "\"remembered\""));

    desk.live();

    assertThat(executions).hasValue(0);
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"remembered\"")));
  }

  @Test
  void aForkThatFailsIsTriedAgainByItselfWhileOthersGoOn() {
    var desk =
        Story.desk((_, step) -> {
          var fork =
              step.start(
                  "a",
                  () -> {
                    if (executions.incrementAndGet() == 1) {
                      throw new IllegalStateException("not yet");
                    }
                    return "1";
                  });
          return step.run("b", () -> "2") + fork.join();
        });

    desk.live();
    assertThat(desk.idle()).isTrue();
    assertThat(desk.state().toString()).contains("Retrying");
    desk.time.advance(Duration.ofSeconds(1));
    desk.proceed();
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"21\"")));
  }

  @Test
  void aForkThatFailedForGoodSaysSoWheneverItIsJoined() {
    var desk =
        Story.desk((_, step) -> {
          var fork =
              step.start(
                  "a",
                  () -> {
                    throw new NonRetryableException("no");
                  });
          assertThatThrownBy(fork::join)
              .isInstanceOf(StepFailedException.class)
              .hasMessageContaining("no");
          assertThatThrownBy(fork::join).isInstanceOf(StepFailedException.class);
          return "caught";
        });
    desk.live();
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"caught\"")));
  }

  @Test
  void theRunIsIdleOnlyWhenAllOfItsThreadsWait() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var desk =
        Story.desk((_, step) -> {
          var fork =
              step.start(
                  "a",
                  () -> {
                    begun.countDown();
                    return goOn.await(10, TimeUnit.SECONDS) ? "1" : "";
                  });
          step.sleep("nap", Duration.ofHours(1));
          return fork.join();
        });
    desk.begin();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(desk.idle()).isFalse();

    goOn.countDown();
    desk.rest();

    assertThat(desk.idle()).isTrue();
    desk.time.advance(Duration.ofHours(1));
    desk.proceed();
    desk.rest();
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"1\"")));
  }

  @Test
  void manyForksAllComeHome() {
    var desk =
        Story.desk((_, step) -> {
          var forks = new ArrayList<Fork<Integer>>();
          for (var i = 0; i < 90; i++) {
            var n = i;
            forks.add(step.start("fork-" + i, () -> n));
          }
          return Integer.toString(forks.stream().mapToInt(fork -> fork.join()).sum());
        });
    desk.live();
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"4005\"")));
    assertThat(desk.writes().stream().flatMap(List::stream))
        .filteredOn(Report.Succeeded.class::isInstance)
        .hasSize(90);
  }

  private static String met(CyclicBarrier barrier) throws Exception {
    barrier.await(10, TimeUnit.SECONDS);
    return "met";
  }
}
