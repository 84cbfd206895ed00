/** Apps with real SDKs of Inngest, installed from their registries, against a real server. */
@NullMarked
package dev.stepwell.server.sdk;

import org.jspecify.annotations.NullMarked;
