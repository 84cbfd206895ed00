package dev.stepwell.gateway.apps;

import dev.stepwell.engine.cron.CronSchedule;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.gateway.problem.ProblemException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what starts a function. */
final class Triggers {

  private static final int TRIGGERS_MAX = 10;
  private static final int EVENT_NAME_MAX = 255;

  /** Starts every function there is, without being asked for. */
  private static final String INVOKED = "inngest/function.invoked";

  private static final Pattern ZONED = Pattern.compile("(?:CRON_)?TZ=(\\S+)\\s+(.*)");

  private Triggers() {}

  static List<Start> read(List<Fields> triggers) throws ProblemException {
    if (triggers.size() > TRIGGERS_MAX) {
      throw Fields.invalid(
          "it has %d triggers, more than %d".formatted(triggers.size(), TRIGGERS_MAX));
    }
    var starts = new ArrayList<Start>();
    for (var trigger : triggers) {
      var start = start(trigger);
      if (start.isPresent() && starts.contains(start.get())) {
        throw Fields.invalid("it has a trigger twice: " + said(trigger));
      }
      start.ifPresent(starts::add);
    }
    return starts;
  }

  private static Optional<Start> start(Fields trigger) throws ProblemException {
    var event = trigger.text("event");
    var cron = trigger.text("cron");
    if (event.isPresent() == cron.isPresent()) {
      throw Fields.invalid("each trigger must have either event or cron");
    }
    if (event.filter(INVOKED::equals).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        event.isPresent()
            ? onEvent(event.get(), trigger.text("expression"))
            : new Start.OnCron(schedule(cron.orElseThrow())));
  }

  private static String said(Fields trigger) throws ProblemException {
    var event = trigger.text("event");
    return event.isPresent() ? event.get() : trigger.text("cron").orElse("");
  }

  private static Start onEvent(String pattern, Optional<String> expression)
      throws ProblemException {
    if (pattern.length() > EVENT_NAME_MAX) {
      throw Fields.invalid(
          "an event name has %d characters, more than %d"
              .formatted(pattern.length(), EVENT_NAME_MAX));
    }
    if (expression.isEmpty()) {
      return new Start.OnEvent(pattern, List.of());
    }
    var comparison = Expressions.comparison(expression.get());
    return comparison.isPresent()
        ? new Start.OnEvent(pattern, List.of(comparison.get()))
        : new Start.OnExpression(pattern, Expressions.compiled(expression.get()));
  }

  private static String schedule(String cron) throws ProblemException {
    var zoned = ZONED.matcher(cron.strip());
    try {
      return zoned.matches()
          ? CronSchedule.of(zoned.group(2).strip(), ZoneId.of(zoned.group(1))).text()
          : CronSchedule.of(cron.strip(), ZoneOffset.UTC).text();
    } catch (IllegalArgumentException e) {
      throw Fields.invalid(String.valueOf(e.getMessage()));
    } catch (DateTimeException _) {
      throw Fields.invalid("there is no time zone '%s'".formatted(zoned.group(1)));
    }
  }
}
