package dev.stepwell.gateway.problem;

import java.util.Locale;

/** What may be wrong with a request: for machines the name in lower case, for people a title. */
public enum Code {
  MALFORMED_JSON(400, "The body is not good JSON", "Send one JSON value, in UTF-8."),
  MALFORMED_EVENT(400, "An event breaks a rule", "Correct the event; no event was stored."),
  MALFORMED_ID(
      400, "The id is not a ULID", "Use an id as the API gives it: 26 letters and digits."),
  INVALID_APP(400, "The app can't be registered", "Correct what it says of itself."),
  INVALID_FUNCTION(400, "A function of the app is invalid", "Correct it; the app is as before."),
  MALFORMED_PARAMETER(400, "A parameter can't be read", "Correct the parameter."),
  UNKNOWN_EVENT_KEY(401, "The event key is not known", "Use one of the keys of this server."),
  NO_SUCH_ROUTE(404, "There is nothing at this address", "Compare the path with the API's."),
  NO_SUCH_APP(404, "There is no such app", "List the apps with GET /dev to find its URL."),
  NO_SUCH_EVENT(404, "There is no such event", "Use the id that sending the event has returned."),
  NO_SUCH_RUN(404, "There is no such run", "List the runs of its event to find its id."),
  NOBODY_WAITS(404, "Nobody waits for the signal", "Send it again once a run waits for it."),
  METHOD_NOT_ALLOWED(405, "The method means nothing here", "Use one that Allow lists."),
  BODY_CUT_OFF(400, "The body broke off", "Send all of it."),
  BODY_TOO_SLOW(408, "The body took too long to arrive", "Send it again, in smaller parts."),
  RUN_ALREADY_ENDED(409, "The run has ended", "Nothing is left to do."),
  TOO_LARGE(413, "The request is too large", "Send less at a time, or raise the limit."),
  UNSUPPORTED_ENCODING(415, "The body is encoded", "Send it without a Content-Encoding."),
  INTERNAL(500, "The server has a bug", "Report it, with what the server's log says."),
  OVERLOADED(503, "The server is at its limit", "Repeat the request after Retry-After seconds."),
  NO_ANSWER(503, "The engine did not answer in time", "Repeat the request: it may have worked.");

  private final int status;
  private final String title;
  private final String advice;

  Code(int status, String title, String advice) {
    this.status = status;
    this.title = title;
    this.advice = advice;
  }

  /** The status of HTTP that goes with it. */
  public int status() {
    return status;
  }

  /** The same words each time. */
  public String title() {
    return title;
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }

  /** Stable, for machines. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
