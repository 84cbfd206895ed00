package dev.stepwell.engine.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
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

  private static final int PATTERN_MAX = 1_000;

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
          "dyn");

  private final Instant now;
  private final Budget budget;

  Functions(Instant now, Budget budget) {
    this.now = now;
    this.budget = budget;
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
      case "now_plus" -> shifted(duration(argument));
      case "now_minus" -> shifted(duration(argument).negated());
      case "string" -> Texts.of(argument);
      case "int" -> whole(argument);
      case "uint" -> natural(argument);
      case "double" -> fraction(argument);
      case "bool" -> truth(argument);
      case "dyn" -> argument;
      default -> field(name, argument, ZoneOffset.UTC);
    };
  }

  private Object call(String name, Object first, Object second) throws EvaluationException {
    return switch (name) {
      case "contains" -> text(name, first).contains(text(name, second));
      case "startsWith" -> text(name, first).startsWith(text(name, second));
      case "endsWith" -> text(name, first).endsWith(text(name, second));
      case "matches" -> matches(text(name, first), text(name, second));
      default -> field(name, first, zone(text(name, second)));
    };
  }

  private static Object size(Object value) throws EvaluationException {
    return switch (value) {
      case String text -> (long) text.codePointCount(0, text.length());
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      default -> throw unfit("size", List.of(value));
    };
  }

  /** In time linear in the text, whatever the pattern. */
  private static boolean matches(String text, String pattern) throws EvaluationException {
    if (pattern.length() > PATTERN_MAX) {
      throw new EvaluationException("a pattern of more than " + PATTERN_MAX + " characters");
    }
    try {
      return Pattern.compile(pattern).matcher(text).find();
    } catch (PatternSyntaxException e) {
      throw new EvaluationException("no pattern: " + e.getMessage());
    }
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

  private static Instant time(String name, Object value) throws EvaluationException {
    return switch (value) {
      case Instant instant -> instant;
      case String text -> Dates.parse(text);
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

  private Instant shifted(Duration by) throws EvaluationException {
    try {
      return now.plus(by);
    } catch (ArithmeticException | DateTimeException _) {
      throw new EvaluationException("no time is so far away");
    }
  }

  private static long whole(Object value) throws EvaluationException {
    return switch (value) {
      case Long number -> number;
      case Double number when Math.abs(number) < Long.MAX_VALUE -> number.longValue();
      case Instant instant -> instant.getEpochSecond();
      case String text -> {
        try {
          yield Long.parseLong(text);
        } catch (NumberFormatException _) {
          throw new EvaluationException("no whole number: " + text);
        }
      }
      default -> throw unfit("int", List.of(value));
    };
  }

  private static long natural(Object value) throws EvaluationException {
    var number = whole(value);
    if (number < 0) {
      throw new EvaluationException("below zero: " + number);
    }
    return number;
  }

  private static double fraction(Object value) throws EvaluationException {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException _) {
          throw new EvaluationException("no number: " + text);
        }
      }
      default -> throw unfit("double", List.of(value));
    };
  }

  private static boolean truth(Object value) throws EvaluationException {
    return switch (value) {
      case Boolean b -> b;
      case String text when text.equals("true") || text.equals("false") -> text.equals("true");
      default -> throw unfit("bool", List.of(value));
    };
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

  private static EvaluationException unfit(String name, List<Object> arguments) {
    return new EvaluationException(
        name + " can't be asked of " + arguments.stream().map(Texts::kind).toList());
  }
}
