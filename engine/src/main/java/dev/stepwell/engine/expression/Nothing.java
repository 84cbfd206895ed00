package dev.stepwell.engine.expression;

/** Values that are none. */
enum Nothing {
  /** JSON's null. */
  NULL,

  /** What a path leads to that is not there. */
  MISSING
}
