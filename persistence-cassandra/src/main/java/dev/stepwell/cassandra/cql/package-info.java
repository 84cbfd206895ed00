/** What the parts of this module see of a connection to Cassandra. */
@NullMarked
package dev.stepwell.cassandra.cql;

import org.jspecify.annotations.NullMarked;
