/** What may be asked and wanted of the nodes themselves. */
@NullMarked
package dev.stepwell.gateway.cluster;

import org.jspecify.annotations.NullMarked;
