package dev.stepwell.examples.onboarding;

import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.examples.shop.Mail;
import java.time.Duration;

/** Four mails in a week. A run of it sleeps for seven days and takes no memory meanwhile. */
public final class OnboardingDrip implements DurableFunction<SignedUp, OnboardingDrip.Done> {

  public record Done(String userId, int mails) {}

  private final Mail mail;

  public OnboardingDrip(Mail mail) {
    this.mail = mail;
  }

  @Override
  public FunctionSpec<SignedUp> spec() {
    return FunctionSpec.onEvent("onboarding-drip", SignedUp.class);
  }

  @Override
  public Done run(SignedUp user, Steps step) {
    send(user, step, "welcome", "Welcome");
    step.sleep("a-day", Duration.ofDays(1));
    send(user, step, "first-steps", "Three things to try first");
    step.sleep("two-days", Duration.ofDays(2));
    send(user, step, "questions", "Any questions so far?");
    step.sleep("four-days", Duration.ofDays(4));
    send(user, step, "feedback", "How was your first week?");
    return new Done(user.userId(), 4);
  }

  private void send(SignedUp user, Steps step, String name, String subject) {
    var key = step.info().runId() + "/" + name;
    step.run(name, () -> mail.send(new Mail.Letter(key, user.email(), subject)));
  }
}
