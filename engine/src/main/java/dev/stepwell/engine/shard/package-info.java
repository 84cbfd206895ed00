/** How actors find each other: by kind and id, wherever they live. */
@NullMarked
package dev.stepwell.engine.shard;

import org.jspecify.annotations.NullMarked;
