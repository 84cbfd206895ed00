package dev.stepwell.cassandra.journal;

/**
 * What a journal has done since it was opened.
 *
 * @param statements with rows of facts
 * @param rows in them
 * @param ignoredRows that were read and did not count: they arrived too late
 * @param unacknowledged writes that may have been stored or not
 */
public record JournalFigures(long statements, long rows, long ignoredRows, long unacknowledged) {}
