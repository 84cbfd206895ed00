package dev.stepwell.engine.flow;

/** What the facts say: whether slots may be held. */
enum Openness {
  CLOSED,
  OPEN
}
