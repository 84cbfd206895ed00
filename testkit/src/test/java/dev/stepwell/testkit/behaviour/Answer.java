package dev.stepwell.testkit.behaviour;

import dev.stepwell.EventName;

/** What runs in these tests wait for. */
@EventName("test/answer")
record Answer(String about, int number) {}
