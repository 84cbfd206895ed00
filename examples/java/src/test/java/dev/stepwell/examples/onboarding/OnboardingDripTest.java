package dev.stepwell.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.examples.onboarding.OnboardingDrip.Done;
import dev.stepwell.examples.shop.LocalMail;
import dev.stepwell.testkit.TestEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnboardingDripTest {

  private static final SignedUp ADA = new SignedUp("ada", "ada@example.org");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final TestEngine engine = TestEngine.with(new OnboardingDrip(new LocalMail(lines::add)));

  @AfterEach
  void end() {
    engine.close();
  }

  @Test
  void aWeekOfMailsTakesNoTime() {
    var began = System.nanoTime();
    var run = engine.send(ADA);
    engine.advance(Duration.ofDays(7));

    assertThat(run.outcome(Done.class)).isEqualTo(new Done("ada", 4));
    assertThat(lines).hasSize(4);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void eachMailComesOnItsDay() {
    engine.send(ADA);
    assertThat(lines).hasSize(1);
    engine.advance(Duration.ofDays(1));
    assertThat(lines).hasSize(2);
    engine.advance(Duration.ofDays(2).minusMillis(1));
    assertThat(lines).hasSize(2);
    engine.advance(Duration.ofMillis(1));
    assertThat(lines).hasSize(3);
    engine.advance(Duration.ofDays(4));
    assertThat(lines)
        .hasSize(4)
        .last()
        .isEqualTo("mail to ada@example.org: How was your first week?");
  }

  @Test
  void aProcessThatEndsEachDaySendsEveryMailOnce() {
    var run = engine.send(ADA);
    for (var day = 0; day < 7; day++) {
      engine.crash();
      engine.advance(Duration.ofDays(1));
    }
    assertThat(run.outcome(Done.class)).isEqualTo(new Done("ada", 4));
    assertThat(engine.executions("welcome")).isEqualTo(1);
    assertThat(engine.executions("feedback")).isEqualTo(1);
  }
}
