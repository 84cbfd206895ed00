package dev.stepwell.testkit.crash;

import java.time.Duration;

/**
 * An end of the process.
 *
 * @param hit at which of the times that {@code point} is reached since the process has begun, from
 *     1
 * @param downFor how much time goes by until it is started again
 */
record Crash(CrashPoint point, int hit, Duration downFor) {}
