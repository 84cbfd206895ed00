@NullMarked
package dev.stepwell.cassandra.journal;

import org.jspecify.annotations.NullMarked;
