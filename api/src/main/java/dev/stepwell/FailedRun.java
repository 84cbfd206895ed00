package dev.stepwell;

/**
 * A run that has failed for good.
 *
 * @param runId of the failed run, not of the one that handles the failure
 * @param event what had started it
 * @param errorName the simple class name of what it threw last, or the name that another SDK gave
 * @param errorMessage what went wrong, as text; empty if the error had none
 */
public record FailedRun<E extends Record>(
    String runId, E event, String errorName, String errorMessage) {}
