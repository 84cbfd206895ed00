package dev.stepwell.engine.expression;

import dev.cel.common.values.CelByteString;
import dev.stepwell.engine.wire.Durations;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The functions that expressions may call, each with the value before the dot as its first. */
final class Functions {

  private static final long CHARS_SEARCHED_IN_A_PIECE = 4;

  /** A text is tried as a date in one form after the other, which takes some ten microseconds. */
  private static final long PIECES_OF_A_DATE = 250;

  private static final Map<String, ToIntFunction<ZonedDateTime>> FIELDS =
      Map.of(
          "getFullYear",
          ZonedDateTime::getYear,
          "getMonth",
          time -> time.getMonthValue() - 1,
          "getDate",
          ZonedDateTime::getDayOfMonth,
          "getDayOfMonth",
          time -> time.getDayOfMonth() - 1,
          "getDayOfWeek",
          time -> time.getDayOfWeek().getValue() % 7,
          "getDayOfYear",
          time -> time.getDayOfYear() - 1,
          "getHours",
          ZonedDateTime::getHour,
          "getMinutes",
          ZonedDateTime::getMinute,
          "getSeconds",
          ZonedDateTime::getSecond,
          "getMilliseconds",
          time -> time.getNano() / 1_000_000);

  private static final Set<String> OTHERS =
      Set.of(
          "size",
          "contains",
          "startsWith",
          "endsWith",
          "matches",
          "lowercase",
          "uppercase",
          "b64decode",
          "json_parse",
          "date",
          "timestamp",
          "duration",
          "now",
          "now_plus",
          "now_minus",
          "string",
          "int",
          "uint",
          "double",
          "bool",
          "bytes",
          "type",
          "dyn");

  private final Instant now;
  private final Budget budget;
  private final Patterns patterns;

  Functions(Instant now, Budget budget) {
    this.now = now;
    this.budget = budget;
    patterns = new Patterns(budget);
  }

  /** Whether there is a function of that name. */
  static boolean has(String name) {
    return OTHERS.contains(name) || FIELDS.containsKey(name);
  }

  /** Of what is missing, the size is 0, and the result of all else is false. */
  Object call(String name, List<Object> arguments) throws EvaluationException {
    if (arguments.contains(Nothing.MISSING)) {
      return name.equals("size") ? (Object) 0L : (Object) false;
    }
    for (var argument : arguments) {
      if (argument instanceof String text) {
        budget.takeFor(text);
      } else if (argument instanceof CelByteString bytes) {
        budget.takeFor(bytes.size());
      }
    }
    if (arguments.isEmpty() && name.equals("now")) {
      return now;
    }
    return switch (arguments.size()) {
      case 1 -> call(name, arguments.getFirst());
      case 2 -> call(name, arguments.getFirst(), arguments.getLast());
      default -> throw unfit(name, arguments);
    };
  }

  private Object call(String name, Object argument) throws EvaluationException {
    return switch (name) {
      case "size" -> size(argument);
      case "lowercase" -> text(name, argument).toLowerCase(Locale.ROOT);
      case "uppercase" -> text(name, argument).toUpperCase(Locale.ROOT);
      case "b64decode" -> decoded(text(name, argument));
      case "json_parse" -> parsed(text(name, argument));
      case "date", "timestamp" -> time(name, argument);
      case "duration" -> duration(argument);
      case "now_plus" -> now.plus(duration(argument));
      case "now_minus" -> now.minus(duration(argument));
      case "string" -> Texts.of(argument);
      case "int" -> Conversions.whole(argument);
      case "uint" -> Conversions.natural(argument);
      case "double" -> Conversions.fraction(argument);
      case "bool" -> Conversions.truth(argument);
      case "bytes" -> Conversions.bytes(argument);
      case "type" -> Type.of(argument);
      case "dyn" -> argument;
      default -> field(name, argument, ZoneOffset.UTC);
    };
  }

  private Object call(String name, Object first, Object second) throws EvaluationException {
    return switch (name) {
      case "contains" -> contains(text(name, first), text(name, second));
      case "startsWith" -> text(name, first).startsWith(text(name, second));
      case "endsWith" -> text(name, first).endsWith(text(name, second));
      case "matches" -> patterns.matches(text(name, first), text(name, second));
      default -> field(name, first, zone(text(name, second)));
    };
  }

  private static Object size(Object value) throws EvaluationException {
    return switch (value) {
      case String text -> (long) text.codePointCount(0, text.length());
      case CelByteString bytes -> (long) bytes.size();
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      default -> throw unfit("size", List.of(value));
    };
  }

  private boolean contains(String text, String wanted) throws EvaluationException {
    budget.take(((long) text.length() + wanted.length()) / CHARS_SEARCHED_IN_A_PIECE);
    return Search.contains(text, wanted);
  }

  private static String decoded(String text) throws EvaluationException {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new EvaluationException("no base64");
    }
  }

  private Object parsed(String text) throws EvaluationException {
    budget.take(text.length());
    try {
      return JsonTree.read(Json.of(text));
    } catch (IOException _) {
      throw new EvaluationException("no JSON");
    }
  }

  private Instant time(String name, Object value) throws EvaluationException {
    return switch (value) {
      case Instant instant -> instant;
      case String text -> {
        budget.take(PIECES_OF_A_DATE);
        yield Dates.parse(text);
      }
      case Number number -> Dates.of(number.doubleValue());
      default -> throw unfit(name, List.of(value));
    };
  }

  private static Duration duration(Object value) throws EvaluationException {
    if (value instanceof Duration duration) {
      return duration;
    }
    var text = text("duration", value);
    return Durations.parse(text).orElseThrow(() -> new EvaluationException("no duration: " + text));
  }

  private static Object field(String name, Object value, ZoneId zone) throws EvaluationException {
    var field = FIELDS.get(name);
    if (field == null) {
      throw unfit(name, List.of(value));
    }
    return switch (value) {
      case Instant instant -> (long) field.applyAsInt(instant.atZone(zone));
      case Duration duration ->
          switch (name) {
            case "getHours" -> duration.toHours();
            case "getMinutes" -> duration.toMinutes();
            case "getSeconds" -> duration.toSeconds();
            case "getMilliseconds" -> duration.toMillis();
            default -> throw unfit(name, List.of(value));
          };
      default -> throw unfit(name, List.of(value));
    };
  }

  private static ZoneId zone(String name) throws EvaluationException {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      throw new EvaluationException("no time zone: " + name);
    }
  }

  private static String text(String name, Object value) throws EvaluationException {
    if (value instanceof String text) {
      return text;
    }
    throw unfit(name, List.of(value));
  }

  /** That a function has no result for values of such kinds. */
  static EvaluationException unfit(String name, List<Object> arguments) {
    return new EvaluationException(
        name + " can't be asked of " + arguments.stream().map(Texts::kind).toList());
  }
}
