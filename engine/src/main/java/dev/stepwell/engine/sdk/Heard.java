package dev.stepwell.engine.sdk;

import dev.stepwell.engine.port.FunctionCaller.Answered;
import dev.stepwell.engine.port.FunctionCaller.Reply;
import dev.stepwell.engine.port.FunctionCaller.Unanswered;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.Report.Again;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a run learns from the reply to a call.
 *
 * @param reports what is to be stored
 * @param callAgain whether the app wants to be called at once, whatever else there is
 */
record Heard(List<Report> reports, boolean callAgain) {

  private static final int DONE = 200;
  private static final int OPS = 206;

  /** More ops in one answer are a mistake. */
  private static final int OPS_MAX = 1_000;

  /**
   * What a call was about.
   *
   * @param step the one that was to be executed; empty if the function was to find out
   * @param trigger the event that started the run
   * @param knows whether there is a function with an id
   */
  record About(
      Optional<String> step, Event trigger, long calledAtMillis, Predicate<String> knows) {}

  /** Reads a reply. Whatever the app has sent, the run can go on with this. */
  static Heard of(Reply reply, About about, long nowMillis) {
    return switch (reply) {
      case Unanswered(var code, var message) ->
          failed(new Failure(code, message, ""), new Again.ByRule(), about);
      case Answered answered when !answered.fromSdk() ->
          failed(
              AppFailures.notFromSdk(answered.status(), answered.contentType(), answered.body()),
              new Again.ByRule(),
              about);
      case Answered answered -> {
        var reports = new ArrayList<Report>();
        answered.version().ifPresent(version -> reports.add(new Report.Spoke(version)));
        var heard = fromSdk(answered, about, nowMillis);
        reports.addAll(heard.reports());
        yield new Heard(reports, heard.callAgain());
      }
    };
  }

  private static Heard fromSdk(Answered answered, About about, long nowMillis) {
    try {
      return switch (answered.status()) {
        case DONE -> new Heard(List.of(new Report.Returned(value(answered.body()))), false);
        case OPS -> ops(answered, about, nowMillis);
        default -> failed(AppFailures.ofBody(answered.body()), again(answered), about);
      };
    } catch (IOException e) {
      return failed(unreadable(answered, e), new Again.ByRule(), about);
    }
  }

  private static Failure unreadable(Answered answered, IOException why) {
    return new Failure(
        "invalid_answer",
        "The answer of the app with HTTP %d can't be read: %s"
            .formatted(answered.status(), AppFailures.shortened(String.valueOf(why.getMessage()))),
        "");
  }

  private static Json value(byte[] body) throws IOException {
    return body.length == 0 ? Json.NULL : JsonSlices.checked(body);
  }

  private static Heard ops(Answered answered, About about, long nowMillis) throws IOException {
    var items = JsonSlices.items(JsonSlices.checked(answered.body()));
    if (items.size() > OPS_MAX) {
      return failed(
          new Failure(
              "InngestErrFunctionOverflowed", items.size() + " ops in one answer are too many", ""),
          new Again.Never(),
          about);
    }
    var ops = new Ops(about, again(answered), nowMillis);
    for (var item : items) {
      ops.add(Op.read(item));
    }
    return ops.heard();
  }

  /** Whether the app says that another attempt makes sense, and when. */
  private static Again again(Answered answered) {
    if (answered.noRetry().orElse(false)) {
      return new Again.Never();
    }
    return answered
        .retryAfter()
        .<Again>map(pause -> new Again.After(pause.toMillis()))
        .orElseGet(Again.ByRule::new);
  }

  /**
   * The call has led to nothing. That was an attempt of the step it was for; but if the app says
   * that there shall be no other, it has given up the whole function.
   */
  private static Heard failed(Failure failure, Again again, About about) {
    Report report =
        about.step().isPresent() && !(again instanceof Again.Never)
            ? new Report.Threw(about.step().get(), failure, again, about.calledAtMillis())
            : new Report.CallFailed(failure, again);
    return new Heard(List.of(report), false);
  }
}
