/**
 * What you import to write a durable function: code that waits for days, survives crashes and
 * redeployments, and goes on where it was. This page is the manual; the limits are with each type.
 *
 * <h2>What durable means</h2>
 *
 * <p>An event comes in; each function that listens to it gets one run. A run does its work in
 * steps. When a step has succeeded, its result is stored before the next line of the function is
 * executed, and that step is never executed again. If the node dies, or the run sleeps for a month,
 * the function is called again from its first line, perhaps on another node: steps with a stored
 * result return it at once, so the code arrives, with the same variables, where it had stopped.
 *
 * <pre>{@code
 * public final class FulfilOrder implements DurableFunction<OrderPlaced, FulfilOrder.Shipped> {
 *   public record Shipped(String orderId, String trackingCode) {}
 *
 *   private final Payments payments;
 *   private final Warehouse warehouse;
 *
 *   // constructor
 *
 *   public FunctionSpec<OrderPlaced> spec() {
 *     return FunctionSpec.onEvent("fulfil-order", OrderPlaced.class)
 *         .concurrency(1, OrderPlaced::orderId)
 *         .retries(8);
 *   }
 *
 *   public Shipped run(OrderPlaced order, Steps step) {
 *     var charge = step.run("charge", () -> payments.charge(order.customerId(), order.total()));
 *     step.sleep("time-to-cancel", Duration.ofHours(1));
 *     var parcel = step.run("dispatch", () -> warehouse.dispatch(order.orderId(), charge.id()));
 *     return new Shipped(order.orderId(), parcel.trackingCode());
 *   }
 * }
 * }</pre>
 *
 * <p>Events are records with an {@link EventName}; events, results of steps and outcomes of runs
 * travel as JSON. So a step returns data, not a connection or a stream: whatever does not survive
 * the way there and back is gone after the first restart.
 *
 * <h2>The one rule: same answers, same path</h2>
 *
 * <p>The code between steps runs again and again. Given the same answers from {@link Steps}, it
 * must reach the same steps. So the time, random numbers, files, the network, databases, mutable
 * fields and the iteration order of a {@code HashMap} belong inside a step, or nowhere.
 *
 * <pre>{@code
 * // Bad: another code at each replay; the mail and the wait may disagree.
 * var code = UUID.randomUUID().toString();
 * step.run("mail", () -> mail.sendCode(user, code));
 *
 * // Good: drawn once, stored, and the same for ever.
 * var code = step.run("draw-code", () -> UUID.randomUUID().toString());
 * step.run("mail", () -> mail.sendCode(user, code));
 *
 * // Bad: whether the step is reached depends on when somebody looks at the clock.
 * if (LocalTime.now().isAfter(CLOSING_TIME)) {
 *   step.sleep("until-morning", Duration.ofHours(10));
 * }
 *
 * // Bad: the list is filled in the first life only; a remembered step does not perform its work.
 * var sent = new ArrayList<String>();
 * step.run("mail", () -> sent.add(mail.send(user)));
 * }</pre>
 *
 * <h2>Steps happen at least once</h2>
 *
 * <p>A step whose result was stored never executes again. One that was under way when its node died
 * does. If that matters outside, give the outside a key that stays the same: {@code
 * step.info().runId() + "/charge"} is one. Keep a step to one outside effect.
 *
 * <p>A step is known by its name, so a name occurs once in a run. In a loop, put the key of the
 * round in it, not its number: {@code "reserve-" + line.sku()}.
 *
 * <h2>Failures and retries</h2>
 *
 * <p>Work that throws is tried again after a growing pause, {@link FunctionSpec#retries()} times. A
 * {@link RetryAfterException} chooses the pause, a {@link NonRetryableException} ends the trying.
 * After the last try the step throws {@link StepFailedException} inside the function, which may
 * catch it and take other steps, as to give a reservation back. If it does not, the run has failed.
 * Anything else that the code between steps throws is tried again as well, by calling the function
 * anew, steps remembered. {@link DurableFunction#onFailure} is where a failed run cleans up.
 *
 * <p>Catch {@code StepFailedException}, not {@code Throwable}: the engine leaves a function by an
 * {@code Error} of its own when a run is to rest, and {@code finally} blocks run each time.
 *
 * <h2>Sleeping and waiting</h2>
 *
 * <p>A run that sleeps or waits needs no thread and no memory, whether for a minute or a year. A
 * wait names a record and what its components must be, and always has an end:
 *
 * <pre>{@code
 * step.run("ask", () -> mail.askForApproval(refund.refundId()));
 * var decision =
 *     step.waitFor("decision", RefundDecided.class)
 *         .where(RefundDecided::refundId)
 *         .is(refund.refundId())
 *         .atMost(Duration.ofDays(3));
 * }</pre>
 *
 * <p>A wait sees what has arrived since the run began, so an answer that is quicker than the line
 * which waits for it is not lost.
 *
 * <h2>Side by side</h2>
 *
 * <p>{@link Steps#start} begins a step and goes on; {@code join} brings its result. Threads,
 * executors and parallel streams of your own cannot call {@link Steps}; inside one step's work they
 * are welcome.
 *
 * <pre>{@code
 * var stock = step.start("reserve", () -> warehouse.reserve(order.orderId()));
 * var risk = step.start("score", () -> fraud.score(order.customerId()));
 * return risk.join().isHigh() ? decline(stock.join(), step) : ship(stock.join(), step);
 * }</pre>
 *
 * <p>{@link Steps#invoke} runs another function and waits for its outcome; {@link Steps#send} tells
 * everybody and waits for nobody.
 *
 * <h2>Changing code while runs are in flight</h2>
 *
 * <p>A run that began under the old code goes on under the new. What it has stored, it keeps: by
 * function name and step name. So:
 *
 * <ul>
 *   <li>Adding a step is safe: older runs execute it if they have yet to come by.
 *   <li>Removing a step is safe: what it had stored is not asked for again.
 *   <li>Renaming a step is removing one and adding one: older runs execute it once more.
 *   <li>Moving or renaming classes is safe: neither events nor results carry class names.
 *   <li>A record that is an event or a result may gain components; they are null, zero or false in
 *       what was stored before. Do not change what a component means.
 *   <li>Changing {@link FunctionSpec#name()} makes another function; keep the old one registered
 *       until its runs have ended.
 *   <li>If the new story cannot follow from the old one's middle, give the new one a new name and
 *       let the old class stay, with no change, until its runs have ended.
 * </ul>
 */
@NullMarked
package dev.stepwell;

import org.jspecify.annotations.NullMarked;
