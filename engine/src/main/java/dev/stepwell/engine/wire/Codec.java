package dev.stepwell.engine.wire;

/**
 * The stable byte form of a family of values. What was once written is read for ever: a change of a
 * record is a new tag beside the old one, and every tag has a golden sample among the tests.
 */
public interface Codec<T> {

  byte[] encode(T value);

  /**
   * Reads what any earlier version wrote.
   *
   * @throws IllegalStateException if the bytes are not of this family
   */
  T decode(byte[] bytes);
}
