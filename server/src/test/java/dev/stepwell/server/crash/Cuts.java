package dev.stepwell.server.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets no packet pass between addresses of this machine, by rules of the kernel's routing: needs
 * Linux, its {@code ip} command, and root.
 */
final class Cuts implements AutoCloseable {

  private static final String BEFORE_ALL = "5";
  private static final String FIRST = "0";
  private static final String BEHIND = "10";

  private final List<List<String>> rules = new ArrayList<>();

  /** The rule for the machine's own addresses comes first; it is put behind ours. */
  Cuts() throws IOException {
    ip("rule", "add", "pref", BEHIND, "lookup", "local");
    ip("rule", "del", "pref", FIRST);
  }

  /** From now on nothing arrives that one address sends to another. */
  void cut(String from, String to) throws IOException {
    var rule = List.of("pref", BEFORE_ALL, "from", from, "to", to, "blackhole");
    ip(rule("add", rule));
    rules.add(rule);
  }

  /** Everything passes again. */
  void heal() throws IOException {
    for (var rule : rules) {
      ip(rule("del", rule));
    }
    rules.clear();
  }

  private static String[] rule(String verb, List<String> rule) {
    var words = new ArrayList<>(List.of("rule", verb));
    words.addAll(rule);
    return words.toArray(String[]::new);
  }

  private static void ip(String... words) throws IOException {
    var command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  @Override
  public void close() throws IOException {
    heal();
    ip("rule", "add", "pref", FIRST, "lookup", "local");
    ip("rule", "del", "pref", BEHIND);
  }
}
