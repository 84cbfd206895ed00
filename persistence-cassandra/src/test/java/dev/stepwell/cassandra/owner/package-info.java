@NullMarked
package dev.stepwell.cassandra.owner;

import org.jspecify.annotations.NullMarked;
