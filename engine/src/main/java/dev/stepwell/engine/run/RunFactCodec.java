package dev.stepwell.engine.run;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Codec;
import dev.stepwell.engine.wire.EventCodec;
import dev.stepwell.engine.wire.Failure;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The byte form of a run's facts: a tag, then the record's components in their order. A tag is
 * never given another meaning.
 */
public final class RunFactCodec implements Codec<RunFact> {

  public static final RunFactCodec INSTANCE = new RunFactCodec();

  private RunFactCodec() {}

  @Override
  public byte[] encode(RunFact fact) {
    var out = new Bytes.Writer(128);
    switch (fact) {
      case RunFact.Started f -> {
        out.tag(1).text(f.function());
        EventCodec.write(out, f.event());
      }
      case RunFact.StepSucceeded f ->
          out.tag(2).text(f.step()).json(f.result()).number(f.startedAtMillis());
      case RunFact.StepAttemptFailed f ->
          failure(out.tag(tag(f.failure(), 3, 17)).text(f.step()), f.failure())
              .number(f.retryAtMillis())
              .number(f.startedAtMillis());
      case RunFact.StepFailed f ->
          failure(out.tag(tag(f.failure(), 4, 18)).text(f.step()), f.failure())
              .number(f.startedAtMillis());
      case RunFact.SleepStarted f -> out.tag(5).text(f.step()).number(f.untilMillis());
      case RunFact.WaitStarted f -> {
        awaited(out.tag(6).text(f.step()), f.awaited()).number(f.untilMillis());
        out.flag(f.sinceMillis().isPresent()).number(f.sinceMillis().orElse(0));
      }
      case RunFact.WaitMatched f -> EventCodec.write(out.tag(7).text(f.step()), f.event());
      case RunFact.WaitTimedOut f -> out.tag(8).text(f.step());
      case RunFact.InvokeStarted f ->
          out.tag(9).text(f.step()).text(f.function()).json(f.input()).number(f.untilMillis());
      case RunFact.InvokeEnded f -> outcome(out.tag(10).text(f.step()), f.outcome());
      case RunFact.AttemptFailed f ->
          failure(out.tag(tag(f.failure(), 11, 19)), f.failure()).number(f.retryAtMillis());
      case RunFact.Warned f -> out.tag(12).text(f.warning());
      case RunFact.Ended f -> outcome(out.tag(13), f.outcome());
      case RunFact.WaitRefused f -> failure(out.tag(14).text(f.step()), f.failure());
      case RunFact.Spoken f -> out.tag(15).number(f.version());
      case RunFact.StepPlanned f -> out.tag(16).text(f.step()).flag(f.races());
    }
    return out.number(fact.atMillis()).toBytes();
  }

  @Override
  public RunFact decode(byte[] bytes) {
    return Bytes.read(bytes, RunFactCodec::read);
  }

  private static RunFact read(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new RunFact.Started(in.text(), EventCodec.read(in), in.number());
      case 2 -> new RunFact.StepSucceeded(in.text(), in.json(), in.number(), in.number());
      case 3 ->
          new RunFact.StepAttemptFailed(
              in.text(), failure(in), in.number(), in.number(), in.number());
      case 4 -> new RunFact.StepFailed(in.text(), failure(in), in.number(), in.number());
      case 5 -> new RunFact.SleepStarted(in.text(), in.number(), in.number());
      case 6 ->
          new RunFact.WaitStarted(in.text(), awaited(in), in.number(), since(in), in.number());
      case 7 -> new RunFact.WaitMatched(in.text(), EventCodec.read(in), in.number());
      case 8 -> new RunFact.WaitTimedOut(in.text(), in.number());
      case 9 ->
          new RunFact.InvokeStarted(in.text(), in.text(), in.json(), in.number(), in.number());
      case 10 -> new RunFact.InvokeEnded(in.text(), outcome(in), in.number());
      case 11 -> new RunFact.AttemptFailed(failure(in), in.number(), in.number());
      case 12 -> new RunFact.Warned(in.text(), in.number());
      case 13 -> new RunFact.Ended(outcome(in), in.number());
      case 14 -> new RunFact.WaitRefused(in.text(), failure(in), in.number());
      case 15 -> new RunFact.Spoken((int) in.number(), in.number());
      case 16 -> new RunFact.StepPlanned(in.text(), in.flag(), in.number());
      case 17 ->
          new RunFact.StepAttemptFailed(
              in.text(), detailed(in), in.number(), in.number(), in.number());
      case 18 -> new RunFact.StepFailed(in.text(), detailed(in), in.number(), in.number());
      case 19 -> new RunFact.AttemptFailed(detailed(in), in.number(), in.number());
      default -> throw new IllegalStateException("unknown kind of run fact: " + tag);
    };
  }

  private static int tag(Failure failure, int plain, int detailed) {
    return failure.details().isPresent() ? detailed : plain;
  }

  private static Bytes.Writer failure(Bytes.Writer out, Failure failure) {
    out.text(failure.name()).text(failure.message()).text(failure.stack());
    failure.details().ifPresent(out::json);
    return out;
  }

  private static Failure detailed(Bytes.Reader in) {
    return new Failure(in.text(), in.text(), in.text(), Optional.of(in.json()));
  }

  private static Failure failure(Bytes.Reader in) {
    return new Failure(in.text(), in.text(), in.text());
  }

  private static Bytes.Writer outcome(Bytes.Writer out, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed(var output) -> out.tag(1).json(output);
      case Outcome.Failed(var failure) -> failure(out.tag(tag(failure, 2, 4)), failure);
      case Outcome.Cancelled(var reason) -> out.tag(3).text(reason);
    };
  }

  private static Outcome outcome(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new Outcome.Completed(in.json());
      case 2 -> new Outcome.Failed(failure(in));
      case 3 -> new Outcome.Cancelled(in.text());
      case 4 -> new Outcome.Failed(detailed(in));
      default -> throw new IllegalStateException("unknown kind of outcome: " + tag);
    };
  }

  private static Bytes.Writer awaited(Bytes.Writer out, Awaited awaited) {
    return switch (awaited) {
      case Awaited.OfEvent(var name, var match) ->
          out.tag(1).text(name).optional(match, (o, m) -> o.text(m.path()).text(m.value()));
      case Awaited.OfSignal(var signal) -> out.tag(2).text(signal);
      case Awaited.OfExpression(var name, var expression) -> out.tag(3).text(name).text(expression);
    };
  }

  private static Awaited awaited(Bytes.Reader in) {
    var tag = in.tag();
    return switch (tag) {
      case 1 -> new Awaited.OfEvent(in.text(), in.optional(i -> new Match(i.text(), i.text())));
      case 2 -> new Awaited.OfSignal(in.text());
      case 3 -> new Awaited.OfExpression(in.text(), in.text());
      default -> throw new IllegalStateException("unknown kind of wait: " + tag);
    };
  }

  private static OptionalLong since(Bytes.Reader in) {
    var present = in.flag();
    var millis = in.number();
    return present ? OptionalLong.of(millis) : OptionalLong.empty();
  }
}
