package dev.stepwell;

/**
 * Which run this is; for logs and for the keys of outside systems.
 *
 * @param runId a ULID; the same in every attempt and on every node
 * @param function the {@link FunctionSpec#name()}
 * @param attempt 1, and one more each time that the code between steps has thrown; never let the
 *     path through the function depend on it
 */
public record RunInfo(String runId, String function, int attempt) {}
