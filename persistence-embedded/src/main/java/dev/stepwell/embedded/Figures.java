package dev.stepwell.embedded;

/**
 * What the store has done since it was opened.
 *
 * @param writes calls that changed something
 * @param groups in which they went to the log
 * @param syncs of the log
 */
public record Figures(long writes, long groups, long syncs) {}
