/** A week of mails, each some days after the last. */
@NullMarked
package dev.stepwell.examples.onboarding;

import org.jspecify.annotations.NullMarked;
