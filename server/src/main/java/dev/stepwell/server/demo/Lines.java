package dev.stepwell.server.demo;

import dev.stepwell.engine.port.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Puts news into lines: when, which function, which step, and what of it. */
final class Lines {

  private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");
  private static final int DETAIL_MAX_CHARS = 76;

  private final Pen pen;
  private final ZoneId zone;

  /**
   * A way to write.
   *
   * @param zone in which instants are shown
   */
  Lines(Pen pen, ZoneId zone) {
    this.pen = pen;
    this.zone = zone;
  }

  String line(News news, Instant beginning) {
    return switch (news) {
      case News.Started(_, var function, var at) ->
          line(at, beginning, function, pen.dim(pen.sign("▸", ">")), "started", "");
      case News.Step(var function, var step, var state, var detail, var at) ->
          line(at, beginning, function, sign(state), step, detail(state, detail));
      case News.Ended(_, var function, var status, var at) ->
          line(at, beginning, function, sign(status), pen.bold(words(status)), "");
      case News.Said(var line) -> " ".repeat(29) + pen.sign("✉", "*") + " " + pen.dim(line);
    };
  }

  private String line(
      Instant at, Instant beginning, String function, String sign, String what, String detail) {
    var seconds = Duration.between(beginning, at).toMillis() / 1000.0;
    var when = String.format(Locale.ROOT, "%8.2f s", seconds);
    return "%s  %s %s %s %s"
        .formatted(
            pen.dim(when), "%-16s".formatted(function), sign, "%-16s".formatted(what), detail)
        .stripTrailing();
  }

  private String sign(String state) {
    return switch (state) {
      case "completed" -> pen.green(pen.sign("✓", "+"));
      case "failed" -> pen.red(pen.sign("✗", "x"));
      case "retrying" -> pen.yellow(pen.sign("↻", "~"));
      case "sleeping", "waiting" -> pen.yellow(pen.sign("◷", "z"));
      default -> pen.dim(pen.sign("▸", ">"));
    };
  }

  private String sign(RunStatus status) {
    return switch (status) {
      case COMPLETED -> pen.green(pen.sign("✓", "+"));
      case FAILED, CANCELLED -> pen.red(pen.sign("✗", "x"));
      case RUNNING -> pen.dim(pen.sign("▸", ">"));
    };
  }

  private static String words(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private String detail(String state, String detail) {
    var local =
        INSTANT
            .matcher(detail)
            .replaceAll(found -> Instant.parse(found.group()).atZone(zone).format(TIME));
    var brief =
        local.length() <= DETAIL_MAX_CHARS ? local : local.substring(0, DETAIL_MAX_CHARS) + "...";
    return switch (state) {
      case "completed" -> brief.equals("null") ? "" : pen.dim(brief);
      case "retrying" -> pen.yellow("failed: " + brief);
      case "failed" -> pen.red(brief);
      default -> pen.dim(state + " " + brief);
    };
  }
}
