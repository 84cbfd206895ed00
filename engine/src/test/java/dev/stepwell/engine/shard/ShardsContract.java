package dev.stepwell.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;

/** What holds for shards with a cluster around them and without one. */
abstract class ShardsContract {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LIVES = 10;
  private static final int ADDS = 60;

  final Counter.Book book = new Counter.Book();

  abstract Shards shards();

  abstract <T> TestProbe<T> probe(Class<T> type);

  @Test
  void anActorIsStartedByTheFirstMessageToItsId() {
    assertThat(add("a", 1)).isEqualTo(1);
    assertThat(add("a", 2)).isEqualTo(2);
    assertThat(book.lives).hasValue(1);

    assertThat(add("b", 3)).isEqualTo(3);
    assertThat(book.lives).hasValue(2);
    assertThat(book.added).containsExactlyInAnyOrder("a/1", "a/2", "b/3");
  }

  @Test
  void anActorThatLeavesIsStartedAnewByTheNextMessage() {
    add("a", 1);
    shards().tell(Counter.KIND, "a", new Counter.Leave());
    await().until(() -> book.alive.get() == 0);

    assertThat(add("a", 2)).isEqualTo(2);

    assertThat(book.lives).hasValue(2);
  }

  @Test
  void whatIsToldToAnActorThatIsLeavingIsNotLost() {
    TestProbe<Counter.Added> answers = probe(Counter.Added.class);
    var sent = 0;
    for (var life = 1; life <= LIVES; life++) {
      for (var i = 0; i < ADDS; i++) {
        if (i == ADDS / 2) {
          shards().tell(Counter.KIND, "a", new Counter.Leave());
        }
        shards().tell(Counter.KIND, "a", new Counter.Add(sent++, answers.getRef()));
      }
      answers.receiveSeveralMessages(ADDS, PATIENCE);
      var over = life;
      await().until(() -> book.lives.get() > over || book.alive.get() == 0);
    }

    assertThat(book.added).hasSize(LIVES * ADDS);
    assertThat(book.lives.get()).isGreaterThanOrEqualTo(LIVES);
    assertThat(book.aliveMax).as("of one id at a time").hasValue(1);
  }

  @Test
  void messagesToOneActorKeepTheirOrder() {
    TestProbe<Counter.Added> answers = probe(Counter.Added.class);
    for (var i = 0; i < 500; i++) {
      shards().tell(Counter.KIND, "a", new Counter.Add(i, answers.getRef()));
    }
    assertThat(answers.receiveSeveralMessages(500).stream().map(Counter.Added::number)).isSorted();
  }

  @Test
  void aQuestionThatNobodyAnswersFailsInTime() {
    var answer = shards().ask(Counter.KIND, "a", Counter.Ignore::new, Duration.ofMillis(200));

    assertThatThrownBy(() -> answer.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void whatCannotReachAnotherNodeIsRefusedOnAnyNode() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shards().tell(Counter.KIND, "a", new Counter.AtHome()))
        .withMessageContaining("AtHome");
  }

  private int add(String id, int number) {
    return shards()
        .<Counter.Message, Counter.Added>ask(
            Counter.KIND, id, replyTo -> new Counter.Add(number, replyTo), PATIENCE)
        .toCompletableFuture()
        .join()
        .number();
  }
}
