package dev.stepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.spi.Lambdas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the overloads and defaults of {@link Steps} make of an author's line. */
class StepsTest {

  @EventName("order/placed")
  record OrderPlaced(String orderId) {}

  @EventName("order/shipped")
  record OrderShipped(String orderId) {}

  static final class Ship implements DurableFunction<OrderPlaced, OrderShipped> {
    @Override
    public FunctionSpec<OrderPlaced> spec() {
      return FunctionSpec.onEvent("ship", OrderPlaced.class);
    }

    @Override
    public OrderShipped run(OrderPlaced order, Steps step) {
      return new OrderShipped(order.orderId());
    }
  }

  private final List<String> calls = new ArrayList<>();
  private final Steps step = new Recorder(calls);

  @Test
  void aLambdaWithAValueIsWork() {
    var length = step.run("measure", () -> "abc".length());

    assertThat(length).isEqualTo(3);
    assertThat(calls).containsExactly("run measure Integer");
  }

  @Test
  void aLambdaWithoutAValueIsAnAction() {
    step.run("clear", () -> new ArrayList<>().clear());

    assertThat(calls).containsExactly("run clear Void");
  }

  @Test
  void aLambdaThatOnlyThrowsIsWorkOfAnyType() {
    assertThatThrownBy(() ->
            step.run(
                "fail",
                () -> {
                  throw new NonRetryableException("no use");
                }))
        .hasMessage("no use");
    assertThat(calls).containsExactly("run fail Object");
  }

  @Test
  void theResultMayBeNull() {
    @Nullable String found = step.run("find", () -> (@Nullable String) null);

    assertThat(found).isNull();
    assertThat(calls).containsExactly("run find String");
  }

  @Test
  void aForkBringsItsResultHome() {
    var name = step.start("name", () -> "abc");
    var done = step.start("clear", () -> new ArrayList<>().clear());

    assertThat(name.join().length()).isEqualTo(3);
    done.join();
    assertThat(calls).containsExactly("start name String", "start clear Void");
  }

  @Test
  void oneEventIsSentAsAListOfOne() {
    var order = new OrderPlaced("o-1");

    step.send("tell", order);
    step.send("tell-later", OutgoingEvent.of(order).id("o-1"));
    step.send("tell-all", List.of(order, new OrderShipped("o-1")));

    assertThat(calls)
        .containsExactly(
            "send tell " + List.of(order),
            "send tell-later " + List.of(OutgoingEvent.of(order).id("o-1")),
            "send tell-all " + List.of(order, new OrderShipped("o-1")));
  }

  @Test
  void anInvocationWaitsForAYearUnlessToldOtherwise() {
    assertThatThrownBy(() -> step.invoke("ship", Ship.class, new OrderPlaced("o-1")).orderId())
        .isInstanceOf(StepFailedException.class);
    assertThat(calls).containsExactly("invoke ship Ship PT8760H");
  }

  /** Does what it is told at once and writes down what it was. */
  private record Recorder(List<String> calls) implements Steps {

    @Override
    public <T extends @Nullable Object> T run(String name, Work<T> work) {
      calls.add("run " + name + " " + Lambdas.resultType(work).getSimpleName());
      return perform(work);
    }

    @Override
    public <T extends @Nullable Object> T run(String name, Class<T> type, Work<T> work) {
      calls.add("run " + name + " " + type.getSimpleName());
      return perform(work);
    }

    @Override
    public <T extends @Nullable Object> Fork<T> start(String name, Work<T> work) {
      calls.add("start " + name + " " + Lambdas.resultType(work).getSimpleName());
      var result = perform(work);
      return () -> result;
    }

    @Override
    public void sleep(String name, Duration duration) {
      calls.add("sleep " + name + " " + duration);
    }

    @Override
    public void sleepUntil(String name, Instant instant) {
      calls.add("sleepUntil " + name + " " + instant);
    }

    @Override
    public <E extends Record> Wait<E> waitFor(String name, Class<E> event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> waitForSignal(
        String name, String signal, Class<T> type, Duration atMost) {
      return Optional.empty();
    }

    @Override
    public void send(String name, List<? extends Record> events) {
      calls.add("send " + name + " " + events);
    }

    @Override
    public <E extends Record, R extends @Nullable Object> R invoke(
        String name, Class<? extends DurableFunction<E, R>> function, E input, Duration atMost) {
      calls.add("invoke " + name + " " + function.getSimpleName() + " " + atMost);
      throw new StepFailedException(name, 1, "not here");
    }

    @Override
    public RunInfo info() {
      return new RunInfo("r-1", "f", 1);
    }

    @Override
    public EventInfo event() {
      return new EventInfo("e-1", "order/placed", Instant.EPOCH, Optional.empty());
    }

    private static <T extends @Nullable Object> T perform(Work<T> work) {
      try {
        return work.perform();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
