package dev.stepwell.gateway.apps;

import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.Remote;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads the functions of an app, and finds everything that is wrong with them. */
final class Functions {

  private static final int RETRIES_USUAL = 4;
  private static final int RETRIES_MAX = 20;

  /** Options that the engine does not know yet. */
  private static final List<String> NOT_DONE =
      List.of(
          "throttle",
          "rateLimit",
          "debounce",
          "batchEvents",
          "priority",
          "singleton",
          "idempotency",
          "cancel",
          "timeouts");

  private Functions() {}

  static List<Definition> read(List<Fields> functions, Findings findings) {
    var definitions = new ArrayList<Definition>();
    var ids = new HashSet<String>();
    for (var function : functions) {
      var id = findings.orElse("without an id", "", () -> id(function));
      if (id.isEmpty()) {
        continue;
      }
      if (!ids.add(id)) {
        findings.complain("there are two functions with the id " + id);
      }
      definitions.add(definition(id, function, findings));
    }
    return definitions;
  }

  private static String id(Fields function) throws ProblemException {
    var id = function.text("id").orElse("").strip();
    if (id.isEmpty()) {
      throw Fields.invalid("each function must have an id");
    }
    return id;
  }

  private static Definition definition(String id, Fields function, Findings findings) {
    var step = findings.orElse(id, Fields.NONE, () -> function.object("steps").object("step"));
    var definition =
        new Definition(
            id,
            findings.orElse(id, List.of(), () -> Triggers.read(function.objects("triggers"))),
            findings.orElse(id, RETRIES_USUAL, () -> retries(step)),
            findings.orElse(id, Optional.empty(), () -> limit(id, function, findings)),
            findings.orElse(id, Optional.empty(), () -> Optional.of(remote(id, function, step))));
    for (var option : NOT_DONE) {
      if (function.value(option).isPresent()) {
        findings.warn(id, option);
      }
    }
    if (definition.starts().stream().anyMatch(Definition.Start.OnCron.class::isInstance)
        && findings.orElse(id, false, () -> jitters(function))) {
      findings.warn(id, "jitter of a cron trigger");
    }
    return definition;
  }

  private static int retries(Fields step) throws ProblemException {
    var retries = step.object("retries").number("attempts").orElse(RETRIES_USUAL);
    if (retries < 0 || retries > RETRIES_MAX) {
      throw Fields.invalid("retries must be 0 to %d, and are %d".formatted(RETRIES_MAX, retries));
    }
    return retries;
  }

  private static Optional<Limit> limit(String id, Fields function, Findings findings)
      throws ProblemException {
    var asked = function.value("concurrency");
    return asked.isEmpty()
        ? Optional.empty()
        : Limits.read(asked.get(), option -> findings.warn(id, option));
  }

  private static Remote remote(String id, Fields function, Fields step) throws ProblemException {
    var name = function.text("name").orElse(id);
    var url = step.object("runtime").text("url");
    if (url.isEmpty()) {
      throw Fields.invalid("it has no steps.step.runtime.url");
    }
    return new Remote(
        name,
        AppUrl.normal(url.get())
            .orElseThrow(() -> Fields.invalid("'%s' is no URL of HTTP".formatted(url.get()))));
  }

  private static boolean jitters(Fields function) throws ProblemException {
    return function.objects("triggers").stream()
        .anyMatch(trigger -> trigger.value("jitter").isPresent());
  }
}
