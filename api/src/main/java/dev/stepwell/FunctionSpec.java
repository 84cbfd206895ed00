package dev.stepwell;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What the engine must know about a function before it runs. Immutable; begin with {@link
 * #onEvent}, {@link #onEvents} or {@link #onCron}.
 *
 * @param name 1 to 100 characters of {@code a-z 0-9 -}; runs in flight are found by it, so it does
 *     not change while there are any
 * @param event the record that a run is given
 * @param triggers 1 to 10, no two the same
 * @param retries further tries of each step, and of the code between steps, after the first; 0 to
 *     20, by default 4
 * @param concurrency how many runs may execute at once; empty for no limit of its own
 */
@CheckReturnValue
public record FunctionSpec<E extends Record>(
    String name,
    Class<E> event,
    List<Trigger<E>> triggers,
    int retries,
    Optional<Concurrency<E>> concurrency) {

  /** What a function has that says nothing about it. */
  public static final int DEFAULT_RETRIES = 4;

  private static final int MAX_RETRIES = 20;
  private static final String NAME_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789-";
  private static final int MAX_NAME_CHARS = 100;
  private static final int MAX_TRIGGERS = 10;

  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the value that is out of bounds
   */
  public FunctionSpec {
    triggers = List.copyOf(triggers);
    if (!isName(name)) {
      throw new IllegalArgumentException("malformed function name: '" + name + "'");
    }
    if (!event.isRecord()) {
      throw new IllegalArgumentException(event.getName() + " is not a record");
    }
    if (triggers.isEmpty() || triggers.size() > MAX_TRIGGERS) {
      throw new IllegalArgumentException(
          name + " has " + triggers.size() + " triggers, not 1 to " + MAX_TRIGGERS);
    }
    if (new HashSet<>(triggers).size() < triggers.size()) {
      throw new IllegalArgumentException(name + " has the same trigger twice");
    }
    if (retries < 0 || retries > MAX_RETRIES) {
      throw new IllegalArgumentException("retries must be 0 to 20, was " + retries);
    }
  }

  /**
   * One run for each event of this type, found by its {@link EventName}.
   *
   * @throws IllegalArgumentException if {@code event} has no {@link EventName}, or a reserved one
   */
  public static <E extends Record> FunctionSpec<E> onEvent(String name, Class<E> event) {
    return onEvents(name, event, EventNames.of(event));
  }

  /**
   * One run for each event that fits one of the names or patterns, whatever {@code event} is called
   * itself: its data is read as that record, and {@link Steps#event()} tells the name.
   *
   * @param namesOrPatterns 1 to 10, as {@link EventNames} describes them
   */
  public static <E extends Record> FunctionSpec<E> onEvents(
      String name, Class<E> event, String... namesOrPatterns) {
    var triggers =
        Arrays.stream(namesOrPatterns)
            .<Trigger<E>>map(pattern -> new Trigger.OnEvent<>(pattern, List.of()))
            .toList();
    return new FunctionSpec<>(name, event, triggers, DEFAULT_RETRIES, Optional.empty());
  }

  /**
   * One run for each minute that {@code expression}, of five fields, names in {@code zone}.
   *
   * @param expression its syntax is checked when the engine starts
   */
  public static FunctionSpec<Tick> onCron(String name, String expression, ZoneId zone) {
    return new FunctionSpec<>(
        name,
        Tick.class,
        List.of(new Trigger.OnCron(expression, zone)),
        DEFAULT_RETRIES,
        Optional.empty());
  }

  /** This, with {@code newRetries} further tries after the first: 0 to 20. */
  public FunctionSpec<E> retries(int newRetries) {
    return new FunctionSpec<>(name, event, triggers, newRetries, concurrency);
  }

  /** This, with at most {@code limit} runs executing at once: 1 to 100,000. */
  public FunctionSpec<E> concurrency(int limit) {
    return concurrency(new Concurrency<>(limit, Optional.empty()));
  }

  /**
   * This, with at most {@code limit} of those runs executing at once whose events agree on {@code
   * key}. With a limit of 1 they take turns.
   */
  public FunctionSpec<E> concurrency(int limit, Steps.Component<E, ?> key) {
    return concurrency(new Concurrency<>(limit, Optional.of(key)));
  }

  private FunctionSpec<E> concurrency(Concurrency<E> newConcurrency) {
    return new FunctionSpec<>(name, event, triggers, retries, Optional.of(newConcurrency));
  }

  /**
   * Begins a condition: only events in which {@code component} has the value named next start a
   * run. Of several conditions, all must hold.
   */
  public <V> Matching<E, V> where(Steps.Component<E, V> component) {
    return new Matching<>(this, component);
  }

  private <V> FunctionSpec<E> where(Steps.Component<E, V> component, V value) {
    var narrowed =
        triggers.stream().<Trigger<E>>map(trigger -> narrow(trigger, component, value)).toList();
    return new FunctionSpec<>(name, event, narrowed, retries, concurrency);
  }

  private static <E extends Record, V> Trigger<E> narrow(
      Trigger<E> trigger, Steps.Component<E, V> component, V value) {
    return switch (trigger) {
      case Trigger.OnEvent<E> onEvent -> onEvent.and(Condition.of(component, value));
      case Trigger.OnCron _ ->
          throw new IllegalStateException("a cron trigger has no event to compare");
    };
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME_CHARS
        && name.chars().allMatch(c -> NAME_CHARS.indexOf(c) >= 0);
  }

  /** Half a condition: {@code where(OrderPlaced::country)} still needs its {@code is(...)}. */
  @CheckReturnValue
  public static final class Matching<E extends Record, V> {
    private final FunctionSpec<E> spec;
    private final Steps.Component<E, V> component;

    private Matching(FunctionSpec<E> spec, Steps.Component<E, V> component) {
      this.spec = spec;
      this.component = component;
    }

    /**
     * The function, with this condition on its triggers.
     *
     * @param value what the component must be; a {@link Condition} says which classes will do
     * @throws IllegalArgumentException if {@code value} is of another class, the component is not
     *     an accessor such as {@code OrderPlaced::country}, or it already has a condition
     * @throws IllegalStateException if a clock starts this function
     */
    public FunctionSpec<E> is(V value) {
      return spec.where(component, value);
    }
  }

  /**
   * The event that starts a cron run.
   *
   * @param scheduledAt when the run was due, to the minute; not when it began
   */
  public record Tick(Instant scheduledAt) {}
}
