/**
 * Executes functions whose code is in an app, written with an SDK of Inngest: what an app is told
 * of a run, and what it answers.
 */
@NullMarked
package dev.stepwell.engine.sdk;

import org.jspecify.annotations.NullMarked;
