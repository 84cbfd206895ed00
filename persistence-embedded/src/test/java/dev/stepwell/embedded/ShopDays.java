package dev.stepwell.embedded;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventNames;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.embedded.Shop.Asked;
import dev.stepwell.embedded.Shop.ColourTold;
import dev.stepwell.embedded.Shop.Joined;
import dev.stepwell.embedded.Shop.Offered;
import dev.stepwell.embedded.Shop.Ordered;
import dev.stepwell.embedded.Shop.PriceTold;
import dev.stepwell.embedded.Shop.Returned;
import dev.stepwell.embedded.Shop.Shipped;
import dev.stepwell.embedded.Shop.SizeTold;
import dev.stepwell.embedded.Shop.Spilt;
import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.execution.JsonValues;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A shop's days, one like the other, on an engine that keeps what is over for thirty of them. */
final class ShopDays implements AutoCloseable {

  private static final Instant OPENING = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SOME_HOURS = Duration.ofHours(3);
  private static final Duration REST_OF_HALF_A_DAY = Duration.ofHours(9);

  private final Random random = new Random(7);
  private final TestEngine engine;
  private int days;

  ShopDays(EmbeddedStore store) {
    engine =
        TestSetup.of(array(Stream.concat(Shop.functions(), Shop.routine())))
            .store(store)
            .begin(OPENING)
            .config("stepwell.engine { partitions = 4, retention = 30d }")
            .start();
  }

  private static DurableFunction<?, ?>[] array(Stream<DurableFunction<?, ?>> functions) {
    return functions.toArray(DurableFunction<?, ?>[]::new);
  }

  TestEngine engine() {
    return engine;
  }

  /** Days pass, until so many have. */
  void passUntil(int day) {
    for (; days < day; days++) {
      half(days + "am");
      half(days + "pm");
    }
  }

  /** The shop closes: from now on nothing is begun, and what was begun comes to its end. */
  void close(Duration after) {
    engine.deploy(array(Shop.functions()));
    engine.advance(after);
  }

  /**
   * Half a day.
   *
   * @param id begins every name that is new
   */
  private void half(String id) {
    var seed = send(beginning(id));
    engine.advance(SOME_HOURS);
    send(continuation(id));
    for (var i = 0; i < 2; i++) {
      var _ = engine.engine().signal(id + i, JsonValues.write(new Shipped(id)));
    }
    var _ = engine.engine().cancel(seed.id(1).derive("welcome"), "has left");
    engine.advance(REST_OF_HALF_A_DAY);
  }

  private List<Record> beginning(String id) {
    var events = new ArrayList<Record>();
    add(events, 2, i -> new Joined(id + i));
    add(events, 2, i -> new Ordered(id + i, "customer", noise()));
    add(events, 2, i -> new Ordered(id + i, "customer " + id + i, noise()));
    add(events, 4, i -> order(id).id("ordered twice " + id + i % 2));
    add(events, 1, i -> order(id).id("once a day " + id.substring(id.length() - 2)));
    add(events, 2, i -> order(id).ts(engine.now().plus(Shop.DAY)));
    add(events, 3, i -> new Asked(id + i, i % 3));
    add(events, 2, i -> new Offered(id + i));
    add(events, 2, i -> new Returned(id + i));
    add(events, 1, i -> new Spilt("milk"));
    return events;
  }

  private List<Record> continuation(String id) {
    return List.of(new PriceTold(id + 0), new SizeTold(id + 1), new ColourTold("blue"));
  }

  private static void add(List<Record> events, int count, Function<Integer, Record> event) {
    IntStream.range(0, count).mapToObj(event::apply).forEach(events::add);
  }

  private OutgoingEvent order(String id) {
    return OutgoingEvent.of(new Ordered("of " + id, "customer of " + id, noise()));
  }

  void send(Record event) {
    var _ = send(List.of(event));
  }

  /** Sends events, and two to which nobody has ever listened: their names are new each time. */
  private IdSeed send(List<? extends Record> records) {
    var entropy = new byte[IdSeed.ENTROPY_BYTES];
    random.nextBytes(entropy);
    var seed = new IdSeed(engine.now().toEpochMilli(), entropy);
    var events = new ArrayList<>(records.stream().map(ShopDays::event).toList());
    for (var i = 0; i < 2; i++) {
      events.add(NewEvent.of("till/" + random.nextLong(), Json.EMPTY_OBJECT));
    }
    var _ = engine.engine().send(events, Optional.of(seed));
    return seed;
  }

  private static NewEvent event(Record record) {
    var event = OutgoingEvent.of(record);
    return new NewEvent(
        EventNames.of(event.data().getClass()),
        JsonValues.write(event.data()),
        event.id(),
        event.ts().map(at -> OptionalLong.of(at.toEpochMilli())).orElse(OptionalLong.empty()),
        Optional.empty(),
        Optional.empty());
  }

  /** Some hundred bytes that no compression makes smaller. */
  private String noise() {
    var bytes = new byte[200];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() {
    engine.close();
  }
}
