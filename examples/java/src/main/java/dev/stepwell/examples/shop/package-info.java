/** What the stories share: money, mail and payments, and how they are done on one machine. */
@NullMarked
package dev.stepwell.examples.shop;

import org.jspecify.annotations.NullMarked;
