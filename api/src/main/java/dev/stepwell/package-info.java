/** What you import to write a durable function. Depends on nothing but the JDK. */
@NullMarked
package dev.stepwell;

import org.jspecify.annotations.NullMarked;
