package dev.stepwell;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The durable verbs of one run.
 *
 * <p>A step's name is its identity in the journal: unique within the run, and not to be changed
 * while runs are in flight. In a loop, put the key in the name: {@code "charge-" + line.sku()}. It
 * is 1 to 100 characters of {@code a-z A-Z 0-9}, space and {@code . _ : / -}, and begins with a
 * letter or a digit. Every verb that takes a name throws {@link IllegalArgumentException} if it is
 * malformed or already used in this run.
 *
 * <p>Not thread-safe: use it on the thread that was given it, and not inside a step's work.
 *
 * <p>Any verb may leave the function by an {@link Error} of the engine's own, when the run is to go
 * on later or elsewhere. Code that catches {@code Throwable} or {@code Error} around a step must
 * throw it on; {@code finally} blocks run at each such departure, so they must not act outside.
 */
public interface Steps {

  /**
   * Does {@code work} at least once and remembers its result.
   *
   * @param work may throw anything; tried again as {@link FunctionSpec#retries()} allows. Written
   *     as a lambda or a method reference, so that its result type can be read off it
   * @return what {@code work} returned, now or in an earlier life of this run; at most 4 MB of JSON
   * @throws StepFailedException if the last try failed, or threw {@link NonRetryableException}
   * @throws IllegalArgumentException if {@code T} is itself generic, or an interface or class of
   *     which nobody can say what to make: wrap a {@code List<Line>} in a record
   */
  <T extends @Nullable Object> T run(String name, Work<T> work);

  /**
   * As {@link #run(String, Work)}, for work whose result type cannot be read off it: an object of a
   * class that implements {@link Work}, a Kotlin lambda, a lambda in a module closed to this one.
   *
   * @param type what the remembered result is read as; not generic
   */
  <T extends @Nullable Object> T run(String name, Class<T> type, Work<T> work);

  /** As {@link #run(String, Work)}, for work that only has an effect. */
  default void run(String name, Action action) {
    run(name, action.asWork());
  }

  /**
   * Begins {@code work} and goes on with the next line at once; {@link Fork#join} brings the
   * result. Forks of one run proceed side by side, each retried by itself. Join every one of them:
   * what a fork does after the run has ended is not remembered.
   *
   * @param work as for {@link #run(String, Work)}; it runs on another thread, so it must not touch
   *     what the function changes meanwhile
   */
  @CheckReturnValue
  <T extends @Nullable Object> Fork<T> start(String name, Work<T> work);

  /** As {@link #start(String, Work)}, for work that only has an effect. */
  @CheckReturnValue
  default Fork<@Nullable Void> start(String name, Action action) {
    return start(name, action.asWork());
  }

  /**
   * Goes on no sooner than {@code duration} from now. Costs no thread and no memory meanwhile.
   *
   * @param duration 1 ms to 366 days
   * @throws IllegalArgumentException if {@code duration} is outside that
   */
  void sleep(String name, Duration duration);

  /**
   * Goes on no sooner than {@code instant}; at once if that has passed.
   *
   * @throws IllegalArgumentException if {@code instant} is more than 366 days ahead
   */
  void sleepUntil(String name, Instant instant);

  /**
   * Begins a wait for one event. It sees events accepted since this run began, so an answer cannot
   * be missed by arriving early; an event answers at most one wait of a run.
   *
   * @throws IllegalArgumentException if {@code event} has no {@link EventName}
   */
  @CheckReturnValue
  <E extends Record> Wait<E> waitFor(String name, Class<E> event);

  /**
   * Waits until somebody sends {@code signal}: a name that one run at a time may wait for.
   *
   * @param signal 1 to 255 characters; put a random or unique part in it
   * @param type what the signal's data is read as; not generic
   * @param atMost 1 ms to 366 days
   * @return the signal's data, or empty if {@code atMost} passed without it
   * @throws StepFailedException if another run waits for the same signal
   */
  <T> Optional<T> waitForSignal(String name, String signal, Class<T> type, Duration atMost);

  /**
   * Publishes one event, once however often this line is replayed.
   *
   * @param event a record with an {@link EventName}
   * @throws IllegalArgumentException if its name is missing or reserved
   */
  default void send(String name, Record event) {
    send(name, List.of(event));
  }

  /** Publishes one event with an id, a time or a user of the sender's choice. */
  default void send(String name, OutgoingEvent event) {
    send(name, List.of(event));
  }

  /**
   * Publishes all of {@code events} or, after a failure, none; in this order.
   *
   * @param events 1 to 100, each a record with an {@link EventName} or an {@link OutgoingEvent}
   */
  void send(String name, List<? extends Record> events);

  /** As {@link #invoke(String, Class, Record, Duration)}, for at most 365 days. */
  default <E extends Record, R extends @Nullable Object> R invoke(
      String name, Class<? extends DurableFunction<E, R>> function, E input) {
    return invoke(name, function, input, Duration.ofDays(365));
  }

  /**
   * Starts one run of another function and waits for its end. The run started is a run of its own,
   * and goes on if this one is cancelled or stops waiting.
   *
   * @param function registered with the same engine, once
   * @param input the event it is given; its {@link EventName}, if any, plays no part
   * @param atMost 1 ms to 366 days
   * @return what that run left behind
   * @throws StepFailedException with this step's name, if that run failed or was cancelled, if
   *     {@code atMost} passed first, or if there is no such function
   */
  <E extends Record, R extends @Nullable Object> R invoke(
      String name, Class<? extends DurableFunction<E, R>> function, E input, Duration atMost);

  /** Which run this is. */
  RunInfo info();

  /** What came with the event that started this run, beside its data. */
  EventInfo event();

  /** A step under way beside the function. */
  interface Fork<T extends @Nullable Object> {

    /**
     * Waits for its end. A second call gives the same answer.
     *
     * @throws StepFailedException if its last try failed, or threw {@link NonRetryableException}
     */
    T join();
  }

  /** A wait being described. It waits only once {@link #atMost} is called. */
  @CheckReturnValue
  interface Wait<E extends Record> {

    /**
     * Only events in which this component has the value named next. Of several conditions, all must
     * hold; at most 10, each about another component.
     *
     * @throws IllegalArgumentException if {@code component} is not an accessor
     */
    <V> Matching<E, V> where(Component<E, V> component);

    /**
     * Waits. Costs no thread and no memory meanwhile.
     *
     * @param timeout 1 ms to 366 days
     * @return the first matching event, or empty if {@code timeout} passed without one
     */
    Optional<E> atMost(Duration timeout);
  }

  /** Half a condition: {@code where(RefundDecided::refundId)} still needs its {@code is(...)}. */
  @CheckReturnValue
  interface Matching<E extends Record, V> {

    /**
     * The wait, narrowed.
     *
     * @param value what the component must be; a {@link Condition} says which classes will do
     * @throws IllegalArgumentException if {@code value} is of another class
     */
    Wait<E> is(V value);
  }

  /** A step's work that answers. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> extends Serializable {

    /**
     * Does it.
     *
     * @throws Exception to have it tried again
     */
    T perform() throws Exception;
  }

  /** A step's work that only acts. */
  @FunctionalInterface
  interface Action {

    /**
     * Does it.
     *
     * @throws Exception to have it tried again
     */
    void perform() throws Exception;

    /** The same, answering with null: what an engine need not treat apart. */
    default Work<@Nullable Void> asWork() {
      return () -> {
        perform();
        return null;
      };
    }
  }

  /** A record's accessor, as in {@code OrderPlaced::orderId}. Nothing else will do. */
  @FunctionalInterface
  interface Component<E extends Record, V> extends Serializable {

    /** The component's value in {@code event}. */
    V of(E event);
  }
}
