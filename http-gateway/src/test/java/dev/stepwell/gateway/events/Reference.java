package dev.stepwell.gateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The same rules as the parser's, the slow and simple way: a tree in memory, and questions to it.
 */
final class Reference {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Reference() {}

  /** The events as trees, or empty if the request must be refused. */
  static Optional<List<JsonNode>> read(byte[] body) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      var root = MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
      var events = new ArrayList<JsonNode>();
      if (root.isArray()) {
        root.forEach(events::add);
      } else {
        events.add(root);
      }
      return isWellFormed(root) && events.stream().allMatch(Reference::isEvent)
          ? Optional.of(events)
          : Optional.empty();
    } catch (CharacterCodingException | JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /** The data as the engine should get it. */
  static JsonNode data(JsonNode event) {
    if (event.get("data") instanceof ObjectNode data) {
      var _ = data.remove("_inngest");
      return data;
    }
    return MAPPER.createObjectNode();
  }

  private static boolean isEvent(JsonNode event) {
    return event.isObject()
        && event.path("name").isTextual()
        && !event.path("name").textValue().isEmpty()
        && !event.path("name").textValue().toLowerCase(Locale.ROOT).startsWith("inngest/")
        && isText(event.path("name"))
        && isText(event.path("id"))
        && isText(event.path("v"))
        && isObject(event.path("data"))
        && isObject(event.path("user"))
        && isTs(event.path("ts"));
  }

  private static boolean isText(JsonNode node) {
    return isAbsent(node)
        || node.isTextual() && node.textValue().chars().noneMatch(Character::isISOControl);
  }

  private static boolean isObject(JsonNode node) {
    return isAbsent(node) || node.isObject();
  }

  private static boolean isTs(JsonNode node) {
    return isAbsent(node)
        || node.isIntegralNumber()
            && node.canConvertToLong()
            && (node.longValue() == 0
                || node.longValue() >= 315_532_800_000L && node.longValue() <= 4_102_444_800_000L);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static boolean isWellFormed(JsonNode node) {
    if (node.isTextual()) {
      return isWellFormed(node.textValue());
    }
    if (node.isNumber()) {
      return Double.isFinite(node.doubleValue());
    }
    for (var child : node) {
      if (!isWellFormed(child)) {
        return false;
      }
    }
    return node.propertyStream().allMatch(member -> isWellFormed(member.getKey()));
  }

  /** Whether every surrogate has its other half. */
  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
