package dev.stepwell.gateway.http;

import dev.stepwell.gateway.problem.Problem;

/** What came of reading the body of a request. */
public sealed interface Body {

  /** All of it. Nobody writes to the bytes. */
  record Whole(byte[] bytes) implements Body {}

  /** It is too large, too slow, broken off, or there is no room for it. */
  record Unread(Problem problem) implements Body {}
}
