package dev.stepwell.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;

/** A body of JSON: reads it once, from front to back, in memory that is bounded by its size. */
public final class JsonBody {

  /** As deep as objects and arrays may lie in one another. */
  public static final int MAX_DEPTH = 500;

  /** Characters in one number. */
  public static final int MAX_NUMBER_LENGTH = 1_000;

  /** Bytes in the name of one member. The parser keeps a few thousand names for the next body. */
  public static final int MAX_MEMBER_NAME_BYTES = 2_048;

  /** Characters in a string that we look into ourselves; others may be as long as the body. */
  private static final int MAX_OWN_STRING_LENGTH = 8_192;

  private static final int MAX_COMPLAINT_LENGTH = 300;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_MEMBER_NAME_BYTES)
                  .maxStringLength(MAX_OWN_STRING_LENGTH)
                  .build())
          .build();

  private JsonBody() {}

  /** Reads a value; the parser stands on its first token, and is to be left on its last. */
  @FunctionalInterface
  public interface Reading<T> {
    T from(JsonParser parser) throws IOException, ProblemException;
  }

  /**
   * Reads the one value of which {@code body} must consist.
   *
   * @throws ProblemException if the body is not JSON, if an object in it has a member twice, if it
   *     goes beyond one of the limits above, or if {@code reading} finds something
   */
  public static <T> T read(byte[] body, Reading<T> reading) throws ProblemException {
    checkText(body);
    try (var parser = FACTORY.createParser(body)) {
      if (parser.nextToken() == null) {
        throw malformed("it is empty");
      }
      var value = reading.from(parser);
      if (parser.nextToken() != null) {
        throw malformed("there is more after its end, at byte " + Values.start(parser));
      }
      checkSurrogates(body);
      return value;
    } catch (StreamConstraintsException _) {
      throw malformed(
          "objects and arrays may be %,d deep, numbers %,d characters and names %,d bytes long"
              .formatted(MAX_DEPTH, MAX_NUMBER_LENGTH, MAX_MEMBER_NAME_BYTES));
    } catch (JsonProcessingException e) {
      throw malformed(complaint(e));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  static ProblemException malformed(String why) {
    return new ProblemException(Code.MALFORMED_JSON, "The body is not good JSON: " + why + ".");
  }

  private static void checkText(byte[] body) throws ProblemException {
    var at = Text.malformedUtf8At(body);
    if (at >= 0) {
      throw malformed("byte " + at + " is not UTF-8");
    }
    // The parser would take zeros at the beginning for another encoding, and read on in it.
    for (var i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0) {
        throw malformed("byte " + i + " is zero");
      }
    }
  }

  private static void checkSurrogates(byte[] body) throws ProblemException {
    var at = Text.loneSurrogateAt(body);
    if (at >= 0) {
      throw malformed("the escape at byte " + at + " is half a character");
    }
  }

  private static String complaint(JsonProcessingException e) {
    var message = e.getOriginalMessage();
    var text = message.substring(0, Math.min(message.length(), MAX_COMPLAINT_LENGTH));
    var at = e.getLocation();
    return at == null ? text : text + ", at byte " + at.getByteOffset();
  }
}
