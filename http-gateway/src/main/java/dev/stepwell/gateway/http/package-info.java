/** What every route needs: its place in the table, the body of its request, and words to answer. */
@NullMarked
package dev.stepwell.gateway.http;

import org.jspecify.annotations.NullMarked;
