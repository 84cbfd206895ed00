package dev.stepwell.engine.run;

import dev.stepwell.engine.run.RunEntity.Description;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run as people look at it, in pages: all of its results together may be more than fits into a
 * message between nodes. The first page has everything but steps that do not fit; later ones have
 * only steps, at least one.
 */
public final class RunPages {

  /** A page is not begun beyond this; with one more step it may be larger. */
  static final int PAGE_BYTES = 1 << 20;

  private RunPages() {}

  static Description page(Optional<RunView> whole, OptionalInt fromStep) {
    return whole
        .map(view -> page(view, fromStep))
        .orElseGet(() -> new Description(Optional.empty(), false));
  }

  private static Description page(RunView whole, OptionalInt fromStep) {
    var all = whole.steps();
    var left = all.subList(Math.min(fromStep.orElse(0), all.size()), all.size());
    var steps = new ArrayList<RunView.StepView>();
    var bytes = fromStep.isEmpty() ? bytes(whole) : 0L;
    for (var step : left) {
      if (bytes > PAGE_BYTES) {
        break;
      }
      steps.add(step);
      bytes += bytes(step);
    }
    var shown = fromStep.isEmpty() ? whole : withoutPayload(whole);
    return new Description(Optional.of(shown.withSteps(steps)), steps.size() < left.size());
  }

  /** The steps of one page behind those of the pages before. */
  public static Description joined(RunView before, Description next) {
    var steps = new ArrayList<>(before.steps());
    var more = next.view().map(RunView::steps).orElse(List.of());
    steps.addAll(more);
    return new Description(Optional.of(before.withSteps(steps)), next.more() && !more.isEmpty());
  }

  private static RunView withoutPayload(RunView view) {
    var event = view.event();
    return new RunView(
        view.id(),
        view.function(),
        view.status(),
        new Event(
            event.id(),
            event.userId(),
            event.name(),
            event.tsMillis(),
            event.receivedAtMillis(),
            Json.NULL,
            Optional.empty(),
            event.version()),
        view.startedAt(),
        view.endedAt(),
        Optional.empty(),
        Optional.empty(),
        view.attempts(),
        view.retryAt(),
        List.of(),
        List.of());
  }

  private static long bytes(RunView view) {
    return bytes(Optional.of(view.event().data()))
        + bytes(view.event().user())
        + bytes(view.output());
  }

  private static long bytes(RunView.StepView step) {
    return 256 + bytes(step.output()) + step.failure().map(RunPages::chars).orElse(0);
  }

  private static int chars(Failure failure) {
    return failure.message().length() + failure.stack().length();
  }

  private static long bytes(Optional<Json> json) {
    return json.map(Json::sizeBytes).orElse(0);
  }
}
