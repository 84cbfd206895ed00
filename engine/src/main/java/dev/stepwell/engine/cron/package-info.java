/** Which instant starts which function: schedules as users write them, and what a tick does. */
@NullMarked
package dev.stepwell.engine.cron;

import org.jspecify.annotations.NullMarked;
