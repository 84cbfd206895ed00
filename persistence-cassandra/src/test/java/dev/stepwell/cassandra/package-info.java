@NullMarked
package dev.stepwell.cassandra;

import org.jspecify.annotations.NullMarked;
