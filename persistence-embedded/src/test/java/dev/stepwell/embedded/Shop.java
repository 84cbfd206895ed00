package dev.stepwell.embedded;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FailedRun;
import dev.stepwell.FunctionSpec;
import dev.stepwell.NonRetryableException;
import dev.stepwell.Steps;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What a shop does: a function of each kind that there is. */
final class Shop {

  private Shop() {}

  static final Duration DAY = Duration.ofDays(1);
  static final Duration SABBATICAL = Duration.ofDays(70);
  static final Duration NOTICE = Duration.ofDays(80);

  @EventName("shop/ordered")
  record Ordered(String order, String customer, String note) {}

  @EventName("shop/shipped")
  record Shipped(String order) {}

  @EventName("shop/joined")
  record Joined(String customer) {}

  @EventName("shop/asked")
  record Asked(String question, int topic) {}

  @EventName("shop/price-told")
  record PriceTold(String question) {}

  @EventName("shop/size-told")
  record SizeTold(String question) {}

  @EventName("shop/colour-told")
  record ColourTold(String question) {}

  @EventName("shop/offered")
  record Offered(String contract) {}

  @EventName("shop/returned")
  record Returned(String order) {}

  @EventName("shop/refund")
  record Refund(String order) {}

  @EventName("shop/spilt")
  record Spilt(String what) {}

  @EventName("shop/leave-taken")
  record LeaveTaken(String who) {}

  @EventName("shop/notice-given")
  record NoticeGiven(String who) {}

  @EventName("shop/notice-withdrawn")
  record NoticeWithdrawn(String who) {}

  /** All of it but what is due by the clock. */
  static Stream<DurableFunction<?, ?>> functions() {
    return Stream.of(
        new Told<>(
            FunctionSpec.onEvent("fulfil", Ordered.class).concurrency(1, Ordered::customer),
            Shop::fulfil),
        new Told<>(
            FunctionSpec.onEvent("thank", Shipped.class),
            (shipped, step) -> step.run("thank", () -> "thanks for " + shipped.order())),
        new Told<>(FunctionSpec.onEvent("welcome", Joined.class), Shop::welcome),
        new Told<>(FunctionSpec.onEvent("answer", Asked.class), Shop::answer),
        new Told<>(FunctionSpec.onEvent("sign", Offered.class), Shop::sign),
        new Told<>(
            FunctionSpec.onEvent("take-back", Returned.class),
            (returned, step) ->
                step.invoke("refund", PayBack.class, new Refund(returned.order()), DAY)),
        new PayBack(),
        new Mop(),
        new Told<>(FunctionSpec.onEvent("leave", LeaveTaken.class), Shop::leave),
        new Told<>(FunctionSpec.onEvent("notice", NoticeGiven.class), Shop::notice));
  }

  /** What is due by the clock. */
  static Stream<DurableFunction<?, ?>> routine() {
    return Stream.of(
        new Told<>(
            FunctionSpec.onCron("look-around", "0 */2 * * *", ZoneOffset.UTC),
            (_, step) -> step.run("look", () -> "all well")),
        new Told<>(
            FunctionSpec.onCron("count", "30 21 * * *", ZoneOffset.UTC),
            (_, step) -> step.run("count", () -> "enough")));
  }

  private static String fulfil(Ordered ordered, Steps step) {
    var charge = step.start("charge", () -> "charged " + ordered.note());
    var pack = step.run("pack", () -> "packed " + ordered.note());
    step.send("tell", new Shipped(ordered.order()));
    return pack.length() + charge.join();
  }

  private static String welcome(Joined joined, Steps step) {
    step.run("hello", () -> "hello, " + joined.customer());
    step.sleep("a-day", DAY);
    step.run("tips", () -> "some tips");
    step.sleep("two-days", DAY.multipliedBy(2));
    return step.run("offer", () -> "ten per cent");
  }

  private static String answer(Asked asked, Steps step) {
    var question = asked.question();
    return switch (asked.topic()) {
      case 0 ->
          step.waitFor("price", PriceTold.class)
              .where(PriceTold::question)
              .is(question)
              .atMost(DAY.multipliedBy(3))
              .map(PriceTold::question)
              .orElse("nobody knows");
      case 1 ->
          step.waitFor("size", SizeTold.class)
              .where(SizeTold::question)
              .is(question)
              .atMost(DAY.multipliedBy(3))
              .map(SizeTold::question)
              .orElse("nobody knows");
      default ->
          step.waitFor("colour", ColourTold.class)
              .atMost(DAY.multipliedBy(3))
              .map(ColourTold::question)
              .orElse("nobody knows");
    };
  }

  private static String sign(Offered offered, Steps step) {
    return step.waitForSignal("signature", offered.contract(), Shipped.class, DAY.multipliedBy(2))
        .map(Shipped::order)
        .orElse("not signed");
  }

  private static String leave(LeaveTaken taken, Steps step) {
    var before = step.run("hand-over", () -> "keys of " + taken.who());
    step.sleep("away", SABBATICAL);
    return step.run("return", () -> before + " are back");
  }

  private static String notice(NoticeGiven given, Steps step) {
    return step.waitFor("withdrawn", NoticeWithdrawn.class)
        .where(NoticeWithdrawn::who)
        .is(given.who())
        .atMost(NOTICE)
        .map(withdrawn -> withdrawn.who() + " stays")
        .orElse(given.who() + " goes");
  }

  private record Told<E extends Record>(FunctionSpec<E> spec, Body<E> body)
      implements DurableFunction<E, String> {

    interface Body<E> {
      String tell(E event, Steps step);
    }

    @Override
    public String run(E event, Steps step) {
      return body.tell(event, step);
    }
  }

  /** Is invoked, and so needs a class of its own; the bank fails at the first try. */
  static final class PayBack implements DurableFunction<Refund, String> {

    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    @Override
    public FunctionSpec<Refund> spec() {
      return FunctionSpec.onEvent("pay-back", Refund.class);
    }

    @Override
    public String run(Refund refund, Steps step) {
      step.sleep("bank", Duration.ofHours(1));
      return step.run("pay", () -> pay(refund.order()));
    }

    private String pay(String order) {
      if (tried.add(order)) {
        throw new IllegalStateException("the bank is closed");
      }
      return "paid for " + order;
    }
  }

  /** Never works. */
  private static final class Mop implements DurableFunction<Spilt, String> {
    @Override
    public FunctionSpec<Spilt> spec() {
      return FunctionSpec.onEvent("mop", Spilt.class);
    }

    @Override
    public String run(Spilt spilt, Steps step) {
      return step.run(
          "mop",
          String.class,
          () -> {
            throw new NonRetryableException("no mop for " + spilt.what());
          });
    }

    @Override
    public void onFailure(FailedRun<Spilt> failed, Steps step) {
      step.run("complain", () -> "buy a mop");
    }
  }
}
