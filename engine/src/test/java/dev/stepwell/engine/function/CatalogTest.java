package dev.stepwell.engine.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which functions an event starts. */
class CatalogTest {

  @Test
  void anEventStartsTheFunctionsOfItsNameAndNoOthers() {
    var catalog = catalog(on("a", "shop/paid"), on("b", "shop/paid"), on("c", "shop/placed"));

    assertThat(catalog.startedBy(event("shop/paid"))).containsExactly("a", "b");
    assertThat(catalog.startedBy(event("shop"))).isEmpty();
    assertThat(catalog.startedBy(event("shop/paid.late"))).isEmpty();
  }

  @Test
  void aPatternStandsForWhatFollowsItsSlashOrDot() {
    var catalog =
        catalog(on("slash", "a/*"), on("dot", "a/b.*"), on("dots", "a/b.c.*"), on("top", "a.*"));

    assertThat(catalog.startedBy(event("a/b.c.d"))).containsExactly("slash", "dot", "dots");
    assertThat(catalog.startedBy(event("a/b.c"))).containsExactly("slash", "dot");
    assertThat(catalog.startedBy(event("a/b"))).containsExactly("slash");
    assertThat(catalog.startedBy(event("a"))).isEmpty();
    assertThat(catalog.startedBy(event("a.b"))).containsExactly("top");
    assertThat(catalog.startedBy(event("ab/c"))).isEmpty();
    assertThat(catalog.startedBy(event("x/a/b"))).isEmpty();
    assertThat(catalog.startedBy(event("a/"))).containsExactly("slash");
  }

  @Test
  void aFunctionIsStartedOnceHoweverManyOfItsTriggersFit() {
    var twice =
        function(
            "a",
            new Start.OnEvent("shop/paid", List.of()),
            new Start.OnEvent("shop/*", List.of()),
            new Start.OnEvent("shop/paid", List.of(new Match("data.n", "1"))));

    assertThat(catalog(twice).startedBy(event("shop/paid"))).containsExactly("a");
  }

  @Test
  void allConditionsMustHold() {
    var function =
        function(
            "a",
            new Start.OnEvent(
                "paid", List.of(new Match("data.n", "1"), new Match("data.s", "\"x\""))));
    var catalog = catalog(function);

    assertThat(catalog.startedBy(event("paid", "{\"n\":1.0,\"s\":\"x\"}"))).containsExactly("a");
    assertThat(catalog.startedBy(event("paid", "{\"n\":1,\"s\":\"y\"}"))).isEmpty();
    assertThat(catalog.startedBy(event("paid", "{\"n\":2,\"s\":\"x\"}"))).isEmpty();
    assertThat(catalog.startedBy(event("paid", "{\"s\":\"x\"}"))).isEmpty();
    assertThat(catalog.anyStartedBy("paid")).isTrue();
  }

  @Test
  void functionsWithTheSamePathAndOtherValuesAreToldApart() {
    var one = function("one", new Start.OnEvent("paid", List.of(new Match("data.n", "1"))));
    var two = function("two", new Start.OnEvent("paid", List.of(new Match("data.n", "2"))));

    assertThat(catalog(one, two).startedBy(event("paid", "{\"n\":2}"))).containsExactly("two");
  }

  @Test
  void aClockStartsNothingOnAnEvent() {
    var catalog = catalog(function("tick", new Start.OnCron("UTC 0 0 * * *")));

    assertThat(catalog.startedBy(event("inngest/scheduled.timer"))).isEmpty();
    assertThat(catalog.find("tick")).isPresent();
  }

  @Test
  void ofTwoFunctionsWithOneIdTheLaterCounts() {
    var catalog = catalog(on("a", "old"), on("a", "new"));

    assertThat(catalog.startedBy(event("old"))).isEmpty();
    assertThat(catalog.startedBy(event("new"))).containsExactly("a");
    assertThat(catalog.all()).hasSize(1);
  }

  @Test
  void onlyWhatComesFromTheRegistryIsKnown() {
    assertThat(Catalog.EMPTY.isKnown()).isFalse();
    assertThat(catalog().isKnown()).isTrue();
  }

  @Test
  void theHandlerOfOneFunctionIsFoundAmongTenThousandWithoutTryingAll() {
    var handlers = new ArrayList<Definition>();
    for (var i = 0; i < 10_000; i++) {
      var ofFunction = new Match("data.function_id", "\"f" + i + "\"");
      handlers.add(function("h" + i, new Start.OnEvent("failed", List.of(ofFunction))));
    }
    var catalog = catalog(handlers);
    var failed = event("failed", "{\"function_id\":\"f7777\"}");

    var started = System.nanoTime();
    for (var i = 0; i < 1_000; i++) {
      assertThat(catalog.startedBy(failed)).containsExactly("h7777");
    }
    // Trying all takes a hundred times as long.
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void anExpressionDecidesAndOneThatCannotBeCompiledStartsNothing() {
    var catalog =
        catalog(
            function("big", new Start.OnExpression("placed", "event.data.n > 10")),
            function("named", new Start.OnExpression("*", "event.name == 'placed'")),
            function("broken", new Start.OnExpression("placed", "event.data.n ===")),
            on("all", "placed"));

    assertThat(catalog.startedBy(event("placed", "{\"n\":11}"))).containsExactly("all", "big");
    assertThat(catalog.startedBy(event("placed", "{\"n\":10}"))).containsExactly("all");
    assertThat(catalog.startedBy(event("placed", "{}"))).containsExactly("all");
  }

  private static Catalog catalog(Definition... functions) {
    return catalog(List.of(functions));
  }

  private static Catalog catalog(List<Definition> functions) {
    return new Catalog(1, List.of(new App("app", Optional.empty(), functions)), List.of());
  }

  private static Definition on(String id, String pattern) {
    return function(id, new Start.OnEvent(pattern, List.of()));
  }

  private static Definition function(String id, Start... starts) {
    return new Definition(id, List.of(starts), 4, Optional.empty());
  }

  private static Event event(String name) {
    return event(name, "{\"n\":1}");
  }

  private static Event event(String name, String data) {
    return new Event(
        Ulid.of(0, 0, 1),
        Optional.empty(),
        name,
        0,
        0,
        Json.of(data),
        Optional.empty(),
        Optional.empty());
  }
}
