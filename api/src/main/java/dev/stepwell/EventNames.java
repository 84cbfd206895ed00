package dev.stepwell;

import java.nio.charset.StandardCharsets;

/**
 * What may be the name of an event: 1 to 255 characters, none of them a control character or {@code
 * *}, neither beginning nor ending with a space.
 *
 * <p>Names that begin with {@code inngest/}, in any case, belong to the engine. Those that begin
 * with {@code inngest/function.} may be listened to; none may be sent.
 *
 * <p>A trigger may also be a pattern: {@code order/*} stands for every name that begins with {@code
 * order/}, and {@code order/item.*} for every name that begins with {@code order/item.}.
 */
public final class EventNames {

  /** The longest name or pattern. */
  public static final int MAX_CHARS = 255;

  private static final String RESERVED = "inngest/";
  private static final String OPEN = "inngest/function.";

  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
          return read(event);
        }
      };

  private EventNames() {}

  /**
   * The name that {@code event} declares with {@link EventName}.
   *
   * @throws IllegalArgumentException if it declares none, or one that nobody could listen to
   */
  public static String of(Class<? extends Record> event) {
    return NAMES.get(event);
  }

  /**
   * Whether {@code name} belongs to the engine, so that user code may not send it.
   *
   * @param name an event name or a pattern
   */
  public static boolean isReserved(String name) {
    return startsWithIgnoringCase(name, RESERVED);
  }

  /** {@code pattern} itself, if it is a name or a pattern that a function may be triggered by. */
  static String requirePattern(String pattern) {
    requireListenable(isWildcard(pattern) ? stem(pattern) : pattern, pattern);
    return pattern;
  }

  private static String read(Class<?> event) {
    var annotation = event.getAnnotation(EventName.class);
    if (annotation == null) {
      throw new IllegalArgumentException(event.getName() + " has no @EventName");
    }
    requireListenable(annotation.value(), annotation.value());
    return annotation.value();
  }

  private static boolean isWildcard(String pattern) {
    return pattern.endsWith("/*") || pattern.endsWith(".*");
  }

  /** What every matching name begins with, less the separator. */
  private static String stem(String pattern) {
    return pattern.substring(0, pattern.length() - 2);
  }

  private static void requireListenable(String stem, String shown) {
    if (!isWellFormed(stem) || shown.length() > MAX_CHARS) {
      throw new IllegalArgumentException("malformed event name or pattern: '" + shown + "'");
    }
    if (isReserved(shown) && !startsWithIgnoringCase(shown, OPEN)) {
      throw new IllegalArgumentException(
          "'" + shown + "' is reserved: of inngest/, only inngest/function.* may be listened to");
    }
  }

  private static boolean isWellFormed(String name) {
    return !name.isEmpty()
        && name.strip().length() == name.length()
        && name.chars().noneMatch(c -> c == '*' || Character.isISOControl(c))
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  private static boolean startsWithIgnoringCase(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
