package dev.stepwell;

import java.time.Instant;
import java.util.Optional;

/**
 * What came with the event that started this run, beside its data.
 *
 * @param id the sender's id, or the engine's if there was none
 * @param name as sent; worth asking where one function has several triggers
 * @param ts when it happened, says the sender; when it was accepted, if the sender did not say
 * @param userJson the event's {@code user} object as JSON; empty if it had none
 */
public record EventInfo(String id, String name, Instant ts, Optional<String> userJson) {}
