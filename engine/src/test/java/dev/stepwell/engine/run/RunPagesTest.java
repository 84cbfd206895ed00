package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunEntity.Description;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPagesTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0,0,1", "10,0,1", "10,100000,1", "10,1000000,5", "3,4000000,3", "1,4000000,1"})
  void whatIsReadPageByPageIsTheWhole(int steps, int stepBytes, int pages) {
    var whole = view(10, steps, stepBytes);
    var read = read(whole);

    assertThat(read).hasSize(pages);
    assertThat(joined(read)).isEqualTo(whole);
  }

  @Test
  void aLargeEventOrOutputIsOnAPageOfItsOwn() {
    var whole = view(3_000_000, 2, 4_000_000);
    var read = read(whole);

    assertThat(read.getFirst().view().orElseThrow().steps()).isEmpty();
    assertThat(read.subList(1, read.size()))
        .hasSize(2)
        .allSatisfy(page -> {
          var view = page.view().orElseThrow();
          assertThat(view.steps()).hasSize(1);
          assertThat(view.event().data()).isEqualTo(Json.NULL);
        });
    assertThat(joined(read)).isEqualTo(whole);
  }

  @Test
  void aRunThatIsNotThereHasOneEmptyPage() {
    assertThat(RunPages.page(Optional.empty(), OptionalInt.empty()))
        .isEqualTo(new Description(Optional.empty(), false));
  }

  @Test
  void aRunThatIsDeletedBetweenTwoPagesEndsThere() {
    var first = RunPages.page(Optional.of(view(10, 3, 2_000_000)), OptionalInt.empty());
    var next = RunPages.page(Optional.empty(), OptionalInt.of(1));

    assertThat(RunPages.joined(first.view().orElseThrow(), next))
        .isEqualTo(new Description(first.view(), false));
  }

  private static List<Description> read(RunView whole) {
    var pages = new ArrayList<Description>();
    pages.add(RunPages.page(Optional.of(whole), OptionalInt.empty()));
    var steps = pages.getFirst().view().orElseThrow().steps().size();
    while (pages.getLast().more()) {
      pages.add(RunPages.page(Optional.of(whole), OptionalInt.of(steps)));
      steps += pages.getLast().view().orElseThrow().steps().size();
    }
    return pages;
  }

  private static RunView joined(List<Description> pages) {
    var view = pages.getFirst().view().orElseThrow();
    for (var page : pages.subList(1, pages.size())) {
      view = RunPages.joined(view, page).view().orElseThrow();
    }
    return view;
  }

  private static RunView view(int eventBytes, int steps, int stepBytes) {
    var event =
        new Event(
            Samples.RUN,
            Optional.of("id"),
            "order/placed",
            1,
            2,
            text(eventBytes),
            Optional.of(Json.EMPTY_OBJECT),
            Optional.of("1"));
    return new RunView(
        Samples.RUN,
        "function",
        RunStatus.COMPLETED,
        event,
        NOON,
        Optional.of(NOON),
        Optional.of(Json.of("1")),
        Optional.empty(),
        1,
        Optional.empty(),
        IntStream.range(0, steps).mapToObj(i -> step("step-" + i, stepBytes)).toList(),
        List.of("warning"));
  }

  private static RunView.StepView step(String name, int bytes) {
    return new RunView.StepView(
        name,
        RunView.Kind.RUN,
        RunView.Phase.COMPLETED,
        1,
        NOON,
        Optional.of(NOON),
        Optional.of(text(bytes)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Json text(int chars) {
    return Json.of('"' + "x".repeat(chars) + '"');
  }
}
