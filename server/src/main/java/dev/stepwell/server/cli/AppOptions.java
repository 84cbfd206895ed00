package dev.stepwell.server.cli;

import dev.stepwell.server.node.NodeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a node finds apps that are called over HTTP. */
final class AppOptions {

  private static final String KEYS = "stepwell.gateway.apps.";
  private static final Pattern HTTP = Pattern.compile("(?i)https?://[^/]+.*");

  private final List<String> urls = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--no-discovery",
      description = "Do not look for apps on the usual ports of this machine.")
  private boolean noDiscovery;

  @Option(
      names = "--no-poll",
      description =
          "Do not ask apps every 5 seconds what they have; a change is then noticed when the app"
              + " registers again.")
  private boolean noPoll;

  @Option(
      names = {"-u", "--sdk-url"},
      paramLabel = "URL",
      description =
          "Where an app with an Inngest SDK is, such as http://localhost:3000/api/inngest. It is"
              + " asked what it has, from the start and until it is there. May be repeated.")
  void sdkUrls(List<String> given) {
    for (var url : given) {
      if (!HTTP.matcher(url).matches()) {
        throw new ParameterException(
            Objects.requireNonNull(command).commandLine(),
            "--sdk-url must begin with http:// or https://, and is '" + url + "'");
      }
    }
    urls.clear();
    urls.addAll(given);
  }

  NodeBuilder apply(NodeBuilder node) {
    settings().forEach(node::setting);
    return node;
  }

  Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put(KEYS + "poll", noPoll ? "off" : "5s");
    settings.put(KEYS + "discovery", !noDiscovery);
    if (!urls.isEmpty()) {
      settings.put(KEYS + "urls", List.copyOf(urls));
    }
    return settings;
  }
}
