package dev.stepwell.gateway.call;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer of HTTP, read to its end.
 *
 * @param headers by name, whatever its case
 */
record Answer(int status, Map<String, String> headers, String contentType, byte[] body) {

  Answer {
    var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).filter(value -> !value.isEmpty());
  }
}
