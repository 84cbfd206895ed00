package dev.stepwell.engine.run;

import dev.stepwell.engine.port.EventIndex.Match;
import java.util.Optional;

/** What a wait is for. */
public sealed interface Awaited {

  /** In words, for people. */
  String text();

  /** An event of this name, in which the match holds if there is one. */
  record OfEvent(String name, Optional<Match> match) implements Awaited {
    @Override
    public String text() {
      return match.map(m -> name + " where " + m.path() + " == " + m.value()).orElse(name);
    }
  }

  /**
   * An event of this name of which an expression holds, about it and the event that started the
   * run.
   */
  record OfExpression(String name, String expression) implements Awaited {
    @Override
    public String text() {
      return name + " where " + expression;
    }
  }

  record OfSignal(String signal) implements Awaited {
    @Override
    public String text() {
      return "signal " + signal;
    }
  }
}
