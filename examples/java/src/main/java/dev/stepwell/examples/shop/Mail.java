package dev.stepwell.examples.shop;

/** Sends mail. */
public interface Mail {

  /**
   * A mail to send.
   *
   * @param key the same for the same mail, so that a step which happens twice sends it once
   */
  record Letter(String key, String to, String subject) {}

  void send(Letter letter);
}
