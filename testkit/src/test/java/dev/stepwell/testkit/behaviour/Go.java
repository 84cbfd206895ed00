package dev.stepwell.testkit.behaviour;

import dev.stepwell.EventName;

/** What starts most runs in these tests. */
@EventName("test/go")
record Go(String text) {
  static final Go GO = new Go("go");
}
