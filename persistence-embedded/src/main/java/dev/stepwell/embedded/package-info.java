/** Keeps everything in one RocksDB database inside the process. */
@NullMarked
package dev.stepwell.embedded;

import org.jspecify.annotations.NullMarked;
