package dev.stepwell.engine.sdk;

import dev.stepwell.engine.expression.Expression;
import dev.stepwell.engine.expression.InvalidExpressionException;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.Report.Again;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.engine.wire.Durations;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes reports of the ops of one answer. */
final class Ops {

  private static final Duration PAUSE_MAX = Duration.ofDays(366);
  private static final Duration INVOKE_LASTS = Duration.ofDays(365);

  /** What SDKs make of {@code match}: the same value in both events. */
  private static final Pattern EQUAL =
      Pattern.compile("event\\.(data(?:\\.[A-Za-z_]\\w*)+) == async\\.(data(?:\\.[A-Za-z_]\\w*)+)");

  private final Heard.About about;
  private final Again again;
  private final long now;
  private final List<Report> reports = new ArrayList<>();
  private boolean callAgain;

  /**
   * No ops yet.
   *
   * @param again what the answer says of attempts
   */
  Ops(Heard.About about, Again again, long nowMillis) {
    this.about = about;
    this.again = again;
    this.now = nowMillis;
  }

  Heard heard() {
    return new Heard(reports, callAgain);
  }

  /**
   * Adds one.
   *
   * @throws IOException if it is not what it should be; the message says what
   */
  void add(Op op) throws IOException {
    switch (op.kind()) {
      case "none" -> {}
      case "discoveryrequest" -> callAgain = true;
      case "step", "steprun" ->
          reports.add(
              new Report.Succeeded(named(op), op.data().orElse(Json.NULL), about.calledAtMillis()));
      case "steperror" -> reports.add(threw(op, stepAgain(op)));
      case "stepfailed" -> reports.add(threw(op, new Again.Never()));
      case "stepplanned" -> reports.add(new Report.Planned(named(op), races(op)));
      case "sleep" -> reports.add(sleep(op));
      case "waitforevent" -> reports.add(waitForEvent(op));
      case "waitforsignal" -> reports.add(waitForSignal(op));
      case "invokefunction" -> reports.add(invoke(op));
      case "runcomplete" -> reports.add(new Report.Returned(op.data().orElse(Json.NULL)));
      default -> throw new IOException("op '" + op.kind() + "' is unknown to this server");
    }
  }

  private static String named(Op op) throws IOException {
    if (op.step().isEmpty()) {
      throw new IOException("op '" + op.kind() + "' has no id");
    }
    return op.step();
  }

  private static boolean races(Op op) throws IOException {
    return op.textOpt("parallelMode").orElse("").equals("race");
  }

  private Report threw(Op op, Again stepAgain) throws IOException {
    var failure =
        op.error().map(AppFailures::of).orElseGet(() -> new Failure("Error", "Unknown error", ""));
    return new Report.Threw(named(op), failure, stepAgain, about.calledAtMillis());
  }

  private Again stepAgain(Op op) {
    return op.error().filter(AppFailures::saysNoRetry).isPresent() ? new Again.Never() : again;
  }

  private Report sleep(Op op) throws IOException {
    var step = named(op);
    var until = instant(op.textOpt("duration").orElse(op.label()));
    return isTooLong(until) ? tooLong(step) : new Report.Sleep(step, Math.max(now, until));
  }

  private Report waitForEvent(Op op) throws IOException {
    var step = named(op);
    var event = op.textOpt("event").orElse(op.label());
    var until = instant(op.textOpt("timeout").orElse(""));
    if (isTooLong(until)) {
      return tooLong(step);
    }
    try {
      var awaited = awaited(event, op.textOpt("if").filter(text -> !text.isBlank()));
      return new Report.Wait(step, awaited, Math.max(0, until - now), false);
    } catch (InvalidExpressionException e) {
      return new Report.CallFailed(
          new Failure(
              "InvalidExpression",
              "Wait for event If expression failed to compile",
              "error compiling expression: " + e.getMessage()),
          new Again.Never());
    }
  }

  private Awaited awaited(String event, Optional<String> expression)
      throws InvalidExpressionException {
    if (expression.isEmpty()) {
      return new Awaited.OfEvent(event, Optional.empty());
    }
    var text = expression.get();
    var equal = EQUAL.matcher(text);
    if (equal.matches()) {
      // Found by its value among all waits, and not asked one by one.
      var own = MatchValues.of(List.of(equal.group(1))).in(about.trigger().data());
      if (!own.isEmpty()) {
        var match = new Match(equal.group(2), own.getFirst().value());
        return new Awaited.OfEvent(event, Optional.of(match));
      }
    }
    return new Awaited.OfExpression(event, Expression.compile(text).toString());
  }

  private Report waitForSignal(Op op) throws IOException {
    var step = named(op);
    var signal =
        op.textOpt("signal").orElseThrow(() -> new IOException("a wait for no signal in " + step));
    var until = instant(op.textOpt("timeout").orElse(""));
    return isTooLong(until)
        ? tooLong(step)
        : new Report.Wait(step, new Awaited.OfSignal(signal), Math.max(0, until - now), false);
  }

  private Report invoke(Op op) throws IOException {
    var step = named(op);
    var function =
        op.textOpt("function_id")
            .orElseThrow(() -> new IOException("an invocation of no function in " + step));
    if (!about.knows().test(function)) {
      var unknown = new Failure("Error", "could not find function with ID: " + function, "");
      return new Report.Threw(step, unknown, new Again.Never(), about.calledAtMillis());
    }
    var payload = op.opt("payload").orElse(Json.EMPTY_OBJECT);
    var data = JsonSlices.members(payload).getOrDefault("data", Json.EMPTY_OBJECT);
    var input = JsonSlices.isObject(data) ? data : Json.EMPTY_OBJECT;
    var timeout = op.textOpt("timeout").filter(text -> !text.isEmpty());
    var until = timeout.isPresent() ? instant(timeout.get()) : now + INVOKE_LASTS.toMillis();
    return isTooLong(until)
        ? tooLong(step)
        : new Report.Invoke(step, function, input, Math.max(0, until - now));
  }

  private boolean isTooLong(long until) {
    return until - now > PAUSE_MAX.toMillis();
  }

  private static Report tooLong(String step) {
    return new Report.CallFailed(
        new Failure(
            "InngestErrTimeoutTooLong",
            "Step '%s' would last longer than %d days".formatted(step, PAUSE_MAX.toDays()),
            ""),
        new Again.Never());
  }

  /** A date, or a duration from now on; nothing is now. */
  private long instant(String text) throws IOException {
    if (text.isEmpty()) {
      return now;
    }
    var duration = Durations.parse(text);
    if (duration.isPresent()) {
      return plus(duration.get());
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException _) {
      throw new IOException("'" + AppFailures.shortened(text) + "' is no duration and no date");
    }
  }

  private long plus(Duration duration) {
    try {
      return Instant.ofEpochMilli(now).plus(duration).toEpochMilli();
    } catch (ArithmeticException | DateTimeException _) {
      return Long.MAX_VALUE;
    }
  }
}
