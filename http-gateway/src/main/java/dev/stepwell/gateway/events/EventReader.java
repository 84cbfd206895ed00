package dev.stepwell.gateway.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.json.Values;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one event after another from a body, and holds each to the rules. */
final class EventReader {

  static final int MAX_NAME_LENGTH = 512;
  static final int MAX_ID_LENGTH = 512;
  static final int MAX_VERSION_LENGTH = 512;

  /** 1 January 1980 and 2100, UTC: what is outside was not meant as milliseconds. */
  static final long MIN_TS_MILLIS = 315_532_800_000L;

  static final long MAX_TS_MILLIS = 4_102_444_800_000L;

  private static final String RESERVED_PREFIX = "inngest/";
  private static final int ALONE = -1;

  private final byte[] body;
  private final JsonParser parser;
  private final int maxBytes;

  private int index = ALONE;
  private String name = "";
  private Json data = Json.EMPTY_OBJECT;
  private Optional<Json> user = Optional.empty();
  private Optional<String> id = Optional.empty();
  private OptionalLong tsMillis = OptionalLong.empty();
  private Optional<String> version = Optional.empty();

  EventReader(byte[] body, JsonParser parser, int maxBytes) {
    this.body = body;
    this.parser = parser;
    this.maxBytes = maxBytes;
  }

  /** The event that is the whole body; the parser stands on its first token. */
  NewEvent readAlone() throws IOException, ProblemException {
    return read(ALONE);
  }

  /** The event at {@code index} of an array; the parser stands on its first token. */
  NewEvent read(int index) throws IOException, ProblemException {
    this.index = index;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw broken("must be an object");
    }
    forget();
    var start = Values.start(parser);
    for (var field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      readMember(field);
    }
    checkSize(Values.end(parser) - start);
    checkName();
    return new NewEvent(name, data, id, tsMillis, user, version);
  }

  private void forget() {
    name = "";
    data = Json.EMPTY_OBJECT;
    user = Optional.empty();
    id = Optional.empty();
    tsMillis = OptionalLong.empty();
    version = Optional.empty();
  }

  private void readMember(String field) throws IOException, ProblemException {
    switch (field) {
      case "name" -> name = text(field, MAX_NAME_LENGTH).orElse("");
      case "data" -> data = object(field) ? EventData.slice(body, parser) : Json.EMPTY_OBJECT;
      case "user" ->
          user = object(field) ? Optional.of(Values.slice(body, parser)) : Optional.empty();
      case "id" -> id = text(field, MAX_ID_LENGTH);
      case "ts" -> tsMillis = tsMillis();
      case "v" -> version = text(field, MAX_VERSION_LENGTH);
      default -> Values.pass(parser);
    }
  }

  /** Null and the empty string count as absent, as some SDKs send them for what they don't set. */
  private Optional<String> text(String field, int maxLength) throws IOException, ProblemException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw broken(field + " must be a string");
    }
    var text = parser.getText();
    if (text.length() > maxLength) {
      throw broken(
          "%s has %,d characters; the limit is %,d".formatted(field, text.length(), maxLength));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw broken(field + " has a control character");
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Whether there is an object to read; null counts as absent. */
  private boolean object(String field) throws ProblemException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> true;
      case VALUE_NULL -> false;
      default -> throw broken(field + " must be an object");
    };
  }

  /** Zero counts as absent. */
  private OptionalLong tsMillis() throws IOException, ProblemException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return OptionalLong.empty();
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw broken("ts must be a whole number of milliseconds since 1970");
    }
    var isLong = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    var millis = isLong ? parser.getLongValue() : Long.MAX_VALUE;
    if (millis == 0) {
      return OptionalLong.empty();
    }
    if (millis < MIN_TS_MILLIS || millis > MAX_TS_MILLIS) {
      throw broken("ts must be in milliseconds, between the years 1980 and 2100");
    }
    return OptionalLong.of(millis);
  }

  private void checkSize(int bytes) throws ProblemException {
    if (bytes > maxBytes) {
      throw new ProblemException(
          Code.TOO_LARGE,
          "%s has %,d bytes; the limit is %,d".formatted(subject(), bytes, maxBytes));
    }
  }

  private void checkName() throws ProblemException {
    if (name.isEmpty()) {
      throw broken("must have a name");
    }
    if (name.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length())) {
      throw broken(
          "may not be named " + RESERVED_PREFIX + "...: event name is reserved for internal use");
    }
  }

  private ProblemException broken(String rule) {
    return new ProblemException(Code.MALFORMED_EVENT, subject() + ": " + rule);
  }

  private String subject() {
    return index == ALONE ? "The event" : "Event " + index + " (counted from 0)";
  }
}
