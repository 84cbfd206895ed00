package dev.stepwell.gateway.http;

import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;

/** Reads what stands behind the question mark. An empty value counts as absent. */
public final class Params {

  private final Query query;

  public Params(HttpRequest request) throws ProblemException {
    try {
      query = request.getUri().query();
    } catch (IllegalUriException _) {
      throw new ProblemException(
          Code.MALFORMED_PARAMETER, "What stands behind the question mark can't be read");
    }
  }

  public Optional<String> text(String name) {
    return query.get(name).filter(value -> !value.isEmpty());
  }

  public boolean flag(String name) {
    return text(name).filter("true"::equals).isPresent();
  }

  /** How many items to list: {@code usual} if it isn't said, and 1 to {@code most} in any case. */
  public int limit(int usual, int most) throws ProblemException {
    var text = text("limit");
    if (text.isEmpty()) {
      return usual;
    }
    if (!text.get().matches("-?[0-9]{1,18}")) {
      throw malformed("limit", text.get(), "a whole number");
    }
    return Math.clamp(Long.parseLong(text.get()), 1, most);
  }

  /** An instant, given as of RFC 3339 or in milliseconds since 1970. */
  public OptionalLong millis(String name) throws ProblemException {
    var text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (text.get().matches("[0-9]{1,15}")) {
      return OptionalLong.of(Long.parseLong(text.get()));
    }
    try {
      return OptionalLong.of(OffsetDateTime.parse(text.get()).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException _) {
      throw malformed(name, text.get(), "an instant such as 2026-01-31T12:00:00Z");
    }
  }

  /** The id in the path of {@code call}. */
  public static Ulid id(Call call) throws ProblemException {
    try {
      return Ulid.parse(call.argument());
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          Code.MALFORMED_ID, "'%s' is not a ULID".formatted(call.argument()));
    }
  }

  public static ProblemException malformed(String name, String value, String expected) {
    return new ProblemException(
        Code.MALFORMED_PARAMETER, "%s is '%s' and must be %s".formatted(name, value, expected));
  }
}
