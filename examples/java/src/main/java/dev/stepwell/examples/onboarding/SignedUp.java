package dev.stepwell.examples.onboarding;

import dev.stepwell.EventName;

/** Somebody new. */
@EventName("user/signed-up")
public record SignedUp(String userId, String email) {}
