package dev.stepwell.gateway.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.gateway.json.JsonBody;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the body of a request: one event, or an array of them. All or nothing: an event that breaks
 * a rule makes the whole request refused, before anything of it is stored.
 */
public final class EventParser {

  /** In one request. */
  public static final int MAX_EVENTS = 5_000;

  private final int maxEventBytes;

  /**
   * A parser for any number of bodies, on any number of threads.
   *
   * @param maxEventBytes of one event, from brace to brace
   */
  public EventParser(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * The events in the order in which they stand in the body; 0 to {@link #MAX_EVENTS}. The bytes of
   * data and user are those of the body.
   */
  public List<NewEvent> parse(byte[] body) throws ProblemException {
    return JsonBody.read(
        body, parser -> events(new EventReader(body, parser, maxEventBytes), parser));
  }

  private static List<NewEvent> events(EventReader reader, JsonParser parser)
      throws IOException, ProblemException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return List.of(reader.readAlone());
    }
    var events = new ArrayList<NewEvent>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (events.size() == MAX_EVENTS) {
        throw new ProblemException(
            Code.MALFORMED_EVENT, "Cannot have more than " + MAX_EVENTS + " events in a batch");
      }
      events.add(reader.read(events.size()));
    }
    return events;
  }
}
