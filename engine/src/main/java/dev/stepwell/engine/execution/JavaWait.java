package dev.stepwell.engine.execution;

import dev.stepwell.Condition;
import dev.stepwell.Steps.Component;
import dev.stepwell.Steps.Matching;
import dev.stepwell.Steps.Wait;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.wait.MatchValues;
import java.time.Duration;
import java.util.Optional;

/** A wait being described. */
public record JavaWait<E extends Record>(String event, Optional<Match> match, Begin<E> begin)
    implements Wait<E> {

  /** Waits, once the description is complete. */
  public interface Begin<E> {
    Optional<E> await(Awaited awaited, Duration timeout);
  }

  @Override
  public <V> Matching<E, V> where(Component<E, V> component) {
    if (match.isPresent()) {
      throw new IllegalArgumentException("a wait has one condition at most");
    }
    return value -> {
      var condition = Condition.of(component, value);
      return new JavaWait<>(
          event,
          Optional.of(new Match(condition.path(), MatchValues.canonical(condition.value()))),
          begin);
    };
  }

  @Override
  public Optional<E> atMost(Duration timeout) {
    return begin.await(new Awaited.OfEvent(event, match), timeout);
  }
}
