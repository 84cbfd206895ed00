package dev.stepwell.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.wire.Ulid;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A request with some events, assembled once; sending it again changes a few bytes in place. It
 * names the seed of its events' ids, so that the client knows these before it sends.
 *
 * <p>Each event may have a number in it, written as digits in place of a run of {@code #}.
 */
final class EventTemplate {

  private static final int SEED_DIGITS = 13;
  private static final int SEED_CHARS = 16;
  private static final byte HOLE = '#';

  private final byte[] bytes;
  private final int seedAt;
  private final int[] holes;
  private final int digits;
  private final int events;
  private final byte[] entropy = new byte[IdSeed.ENTROPY_BYTES];
  private long millis;

  private EventTemplate(byte[] bytes, int seedAt, int[] holes, int digits, int events) {
    this.bytes = bytes;
    this.seedAt = seedAt;
    this.holes = holes;
    this.digits = digits;
    this.events = events;
  }

  /**
   * A request with {@code events} times {@code event}.
   *
   * @param event its JSON, with one run of {@code #} at most
   */
  static EventTemplate of(String event, int events) {
    var body = "[" + (event + ",").repeat(events - 1) + event + "]";
    var seed = "x-inngest-event-id-seed: ";
    var head =
        "POST /e/benchmark HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + seed
            + " ".repeat(SEED_DIGITS + 1 + SEED_CHARS)
            + "\r\nContent-Length: "
            + body.getBytes(UTF_8).length
            + "\r\n\r\n";
    var bytes = (head + body).getBytes(UTF_8);
    var digits = (int) event.chars().filter(c -> c == HOLE).count();
    return new EventTemplate(
        bytes, head.indexOf(seed) + seed.length(), holes(bytes, digits), digits, events);
  }

  private static int[] holes(byte[] bytes, int digits) {
    var holes = new int[bytes.length];
    var found = 0;
    for (var i = 0; digits > 0 && i < bytes.length; i++) {
      if (bytes[i] == HOLE) {
        holes[found++] = i;
        i += digits - 1;
      }
    }
    return Arrays.copyOf(holes, found);
  }

  /** A template of its own for another thread. */
  EventTemplate copy() {
    return new EventTemplate(bytes.clone(), seedAt, holes, digits, events);
  }

  int events() {
    return events;
  }

  /** Gives the next request ids of its own. */
  void draw() {
    millis = System.currentTimeMillis();
    ThreadLocalRandom.current().nextBytes(entropy);
    put(seedAt, SEED_DIGITS, millis);
    bytes[seedAt + SEED_DIGITS] = ',';
    var text = Base64.getEncoder().encode(entropy);
    System.arraycopy(text, 0, bytes, seedAt + SEED_DIGITS + 1, SEED_CHARS);
  }

  /** Puts a number into one of the events, counted from 0, if these have a place for one. */
  void number(int event, long number) {
    if (digits > 0) {
      put(holes[event], digits, number);
    }
  }

  private void put(int at, int width, long number) {
    var left = number;
    for (var i = at + width - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** The run that a function is to have for one of the events. */
  Ulid run(int event, String function) {
    return new IdSeed(millis, entropy).id(event + 1).derive(function);
  }

  byte[] bytes() {
    return bytes;
  }
}
