package dev.stepwell.testkit.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A node's directory: its configuration, its logs and, below {@code data}, what it keeps. */
record NodeFiles(Path directory) {

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{HH:mm:ss.SSS} %-5level [%thread] %logger{0} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="out"/></root>
      </configuration>
      """;

  Path yaml() {
    return directory.resolve("cassandra.yaml");
  }

  Path logback() {
    return directory.resolve("logback.xml");
  }

  Path data() {
    return directory.resolve("data");
  }

  /** The log of the node's n-th start. */
  Path log(int start) {
    return directory.resolve("cassandra-" + start + ".log");
  }

  void write(NodePlace place, List<String> seeds, CassandraOptions options) throws IOException {
    Files.createDirectories(data());
    Files.writeString(logback(), LOGBACK, UTF_8);
    var settings =
        options.settings().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(line -> line.getKey() + ": " + line.getValue() + "\n")
            .collect(Collectors.joining());
    Files.writeString(yaml(), yaml(place, seeds) + options.commitLog().yaml() + settings, UTF_8);
  }

  private String yaml(NodePlace place, List<String> seeds) {
    return """
    cluster_name: stepwell
    num_tokens: 1
    initial_token: %d
    auto_bootstrap: false
    partitioner: org.apache.cassandra.dht.Murmur3Partitioner
    endpoint_snitch: SimpleSnitch
    seed_provider: [{class_name: org.apache.cassandra.locator.SimpleSeedProvider, parameters: [{seeds: "%s"}]}]
    listen_address: %s
    rpc_address: %s
    broadcast_rpc_address: %s
    storage_port: %d
    native_transport_port: %d
    start_native_transport: true
    data_file_directories: [%s]
    commitlog_directory: %s
    saved_caches_directory: %s
    hints_directory: %s
    cdc_raw_directory: %s
    auto_snapshot: false
    paxos_variant: v2
    """
        .formatted(
            place.token(),
            String.join(",", seeds),
            place.address(),
            place.address(),
            place.clientAddress(),
            place.storagePort(),
            place.cqlPort(),
            data().resolve("tables"),
            data().resolve("commitlog"),
            data().resolve("saved_caches"),
            data().resolve("hints"),
            data().resolve("cdc_raw"));
  }

  static void deleteAll(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
