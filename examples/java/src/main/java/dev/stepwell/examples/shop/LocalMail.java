package dev.stepwell.examples.shop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Writes a line instead of sending a mail; remembers what it has sent until the process ends. */
public final class LocalMail implements Mail {

  private final Consumer<String> lines;
  private final Set<String> sent = ConcurrentHashMap.newKeySet();

  public LocalMail(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void send(Letter letter) {
    if (sent.add(letter.key())) {
      lines.accept("mail to " + letter.to() + ": " + letter.subject());
    }
  }
}
