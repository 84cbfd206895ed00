package dev.stepwell.gateway.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies that were good once, and changed: the parser and the tree must be of one mind on each. */
class EventParserFuzzTest {

  private static final long SEED = 20_260_101;
  private static final int ROUNDS = 250_000;

  private static final List<String> BODIES =
      List.of(
          "{\"name\":\"shop/paid\",\"data\":{\"n\":1.50,\"s\":\"a\\\"\\u00e9\\ud83d\\ude00\"}}",
          "[{\"name\":\"a\",\"ts\":1760000000000,\"id\":\"k\"},{\"name\":\"b\",\"v\":\"1\"}]",
          "[{\"id\":\"k\",\"data\":{\"_inngest\":{\"a\":[1]},\"b\":null},\"name\":\"a\"}]",
          "{\"name\":\"é€😀\",\"user\":{\"e\":\"é€😀\"},\"data\":{\"x\":[[],{},[{}]] , \"_inngest\" : 0}}",
          "{\"name\":\"a\",\"data\":{\"b\":-0.0,\"c\":1E5,\"d\":true},\"meta\":{\"k\":[1,\"2\"]}}",
          "[]",
          " { \"name\" : \"a\" , \"data\" : { } , \"ts\" : 0 , \"user\" : null } ");

  /** As Latin-1, so that there can be bytes that are no text. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          " ",
          "\n",
          "0",
          "-",
          ".",
          "e9",
          "null",
          "true",
          "{}",
          "[]",
          "\"a\":",
          "\"name\":",
          "\"data\":",
          "\"ts\":",
          "\"a\":1,",
          "\"name\":\"c\",",
          "\"_inngest\":1,",
          ",\"_inngest\":{}",
          "\"_inngest\":",
          "inngest/",
          "\\u0000",
          "\\ud83d",
          "\\ude00",
          "\\u0061",
          "1e999",
          "1e-999",
          "9999999999999999999",
          "{\"name\":\"d\"},",
          "//",
          "\0",
          "\u00C0\u0080",
          "\u00ED\u00A0\u0080",
          "\u00EF\u00BB\u00BF",
          "\u00F4\u0090",
          "\u00FF");

  private final EventParser parser = new EventParser(512 * 1024);

  @Test
  void aChangedBodyIsAcceptedAsTheTreeReadsItOrRefusedWithA4xx() throws IOException {
    var random = new Random(SEED);
    var accepted = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var body = changed(random);
      var events = parse(body);
      var expected = Reference.read(body);

      if (events.isPresent() != expected.isPresent()) {
        fail("seed %d, round %d: %s", SEED, round, new String(body, UTF_8));
      }
      if (events.isPresent()) {
        assertSame(events.get(), expected.orElseThrow());
        accepted++;
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  private static byte[] changed(Random random) {
    var body = new StringBuilder(new String(pick(BODIES, random).getBytes(UTF_8), ISO_8859_1));
    for (var changes = random.nextInt(4); changes > 0 && !body.isEmpty(); changes--) {
      var at = random.nextInt(body.length());
      var to = Math.min(body.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 30));
      switch (random.nextInt(6)) {
        case 0 -> body.setCharAt(at, (char) random.nextInt(256));
        case 1 -> body.delete(at, to);
        case 2 -> body.insert(random.nextInt(body.length()), body.substring(at, to));
        default -> body.insert(at, pick(PIECES, random));
      }
    }
    return body.toString().getBytes(ISO_8859_1);
  }

  private Optional<List<NewEvent>> parse(byte[] body) {
    try {
      return Optional.of(parser.parse(body));
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isIn(400, 413);
      assertThat(e.problem().sentence()).isNotBlank().hasSizeLessThan(500);
      return Optional.empty();
    }
  }

  private static void assertSame(List<NewEvent> events, List<JsonNode> expected)
      throws IOException {
    assertThat(events).hasSameSizeAs(expected);
    for (var i = 0; i < events.size(); i++) {
      var event = events.get(i);
      var tree = expected.get(i);
      assertThat(event.name()).isEqualTo(tree.get("name").textValue());
      assertThat(event.id().orElse("")).isEqualTo(text(tree, "id"));
      assertThat(event.version().orElse("")).isEqualTo(text(tree, "v"));
      assertThat(event.tsMillis().orElse(0)).isEqualTo(tree.path("ts").longValue());
      assertThat(Reference.MAPPER.readTree(event.data().utf8())).isEqualTo(Reference.data(tree));
      assertThat(event.user().isPresent()).isEqualTo(tree.path("user").isObject());
      if (event.user().isPresent()) {
        assertThat(Reference.MAPPER.readTree(event.user().get().utf8()))
            .isEqualTo(tree.get("user"));
      }
    }
  }

  private static String text(JsonNode tree, String field) {
    return Optional.ofNullable(tree.path(field).textValue()).orElse("");
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
