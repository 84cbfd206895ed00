@NullMarked
package dev.stepwell.testkit.cassandra;

import org.jspecify.annotations.NullMarked;
