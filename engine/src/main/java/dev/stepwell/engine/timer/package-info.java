/**
 * What is due later: sleeps, retries, ends of waits, cron ticks, delayed events. A timer is never
 * early, is kept until what it woke has settled, and costs no memory until its minute has come.
 */
@NullMarked
package dev.stepwell.engine.timer;

import org.jspecify.annotations.NullMarked;
