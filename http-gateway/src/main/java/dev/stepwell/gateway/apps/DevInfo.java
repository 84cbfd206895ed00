package dev.stepwell.gateway.apps;

import dev.stepwell.engine.function.App;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.wire.JsonWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes what {@code GET /dev} answers with.
 *
 * @param host where it listens, as configured
 * @param port 0 if the system has chosen it
 */
public record DevInfo(String host, int port, PingConfig pings) {

  private static final String VERSION =
      Optional.ofNullable(DevInfo.class.getPackage().getImplementationVersion())
          .orElse("development");

  void write(JsonWriter out, List<App> apps) {
    var functions = apps.stream().flatMap(app -> app.functions().stream()).toList();
    var called = apps.stream().filter(app -> app.endpoint().isPresent()).toList();
    out.text("version", VERSION)
        .flag("authed", false)
        .object("startOpts", this::writeOptions)
        .objects("functions", functions, DevInfo::writeFunction)
        .objects("handlers", called, DevInfo::writeHandler)
        .flag("isSingleNodeService", true)
        .flag("isMissingSigningKey", false)
        .flag("isMissingEventKeys", false)
        .object("features", _ -> {});
  }

  private void writeOptions(JsonWriter out) {
    out.text("host", host)
        .number("port", port)
        .texts("sdkUrls", pings.urls())
        .number("pollIntervalMillis", pings.poll().map(Duration::toMillis).orElse(0L))
        .flag("discovery", !pings.ports().isEmpty());
  }

  private static void writeFunction(JsonWriter out, Definition function) {
    out.text("id", function.id())
        .text("name", function.remote().map(Definition.Remote::name).orElse(function.id()))
        .text("url", function.remote().map(Definition.Remote::url))
        .objects("triggers", function.starts(), DevInfo::writeTrigger);
  }

  private static void writeTrigger(JsonWriter out, Start start) {
    switch (start) {
      case Start.OnEvent(var pattern, var conditions) when conditions.isEmpty() ->
          out.text("event", pattern);
      case Start.OnEvent(var pattern, var conditions) ->
          out.text("event", pattern)
              .text(
                  "expression",
                  conditions.stream()
                      .map(match -> "event.%s == %s".formatted(match.path(), match.value()))
                      .collect(Collectors.joining(" && ")));
      case Start.OnExpression(var pattern, var expression) ->
          out.text("event", pattern).text("expression", expression);
      case Start.OnCron(var schedule) -> out.text("cron", schedule);
    }
  }

  private static void writeHandler(JsonWriter out, App app) {
    var endpoint = app.endpoint().orElseThrow();
    var sdk = SdkVersion.parse(endpoint.sdk());
    out.object(
            "sdk",
            member ->
                member
                    .text("app", app.name())
                    .text("url", endpoint.url())
                    .text("language", sdk.language())
                    .text("version", sdk.version()))
        .text("error", Optional.empty());
  }
}
