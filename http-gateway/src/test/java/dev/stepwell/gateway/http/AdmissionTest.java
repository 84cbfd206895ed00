package dev.stepwell.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is let in. */
class AdmissionTest {

  @Test
  void whatDoesNotFitIsRefusedAndTakesNothing() {
    var admission = new Admission(10, 100);
    var first = admission.enter(true).orElseThrow();
    var second = admission.enter(true).orElseThrow();

    assertThat(first.take(60)).isTrue();
    assertThat(second.take(41)).isFalse();
    assertThat(second.take(40)).isTrue();
    assertThat(admission.bytesUnderWay()).isEqualTo(100);
  }

  @Test
  void whoHasLeftTakesNothingMore() {
    var admission = new Admission(10, 100);
    var permit = admission.enter(true).orElseThrow();
    assertThat(permit.take(60)).isTrue();

    permit.leave();
    permit.leave();

    assertThat(permit.take(1)).isFalse();
    assertThat(admission.bytesUnderWay()).isZero();
    assertThat(admission.requestsUnderWay()).isZero();
  }

  @Test
  void beyondTheMostRequestsOnlyTheUnlimitedEnter() {
    var admission = new Admission(1, 100);

    assertThat(admission.enter(true)).isPresent();
    assertThat(admission.enter(true)).isEmpty();
    assertThat(admission.enter(false)).isPresent();
  }

  @Test
  void manyAtOnceNeverHaveMoreThanThereIsAndGiveAllBack() {
    var admission = new Admission(3, 100);
    var holding = new AtomicLong();
    var most = new AtomicLong();

    var senders =
        IntStream.range(0, 8)
            .mapToObj(_ -> CompletableFuture.runAsync(() -> send(admission, holding, most)))
            .toList();
    senders.forEach(CompletableFuture::join);

    assertThat(most.get()).isBetween(40L, 80L);
    assertThat(admission.bytesUnderWay()).isZero();
    assertThat(admission.requestsUnderWay()).isZero();
  }

  private static void send(Admission admission, AtomicLong holding, AtomicLong most) {
    for (var i = 0; i < 20_000; i++) {
      var permit = admission.enter(true);
      if (permit.isPresent() && permit.get().take(40)) {
        most.accumulateAndGet(holding.addAndGet(40), Math::max);
        holding.addAndGet(-40);
      }
      permit.ifPresent(Admission.Permit::leave);
    }
  }
}
