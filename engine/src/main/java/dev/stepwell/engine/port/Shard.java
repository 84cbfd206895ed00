package dev.stepwell.engine.port;

/**
 * A part of all actors of a kind. It lives on one node at a time, and moves as a whole.
 *
 * @param kind the kind's name
 * @param number from 0 on
 */
public record Shard(String kind, int number) {

  @Override
  public String toString() {
    return kind + "-" + number;
  }
}
