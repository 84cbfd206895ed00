package dev.stepwell.server.cli;

import dev.stepwell.server.client.Client;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which server to ask. */
final class ServerOptions {

  @Option(
      names = "--url",
      defaultValue = "${env:STEPWELL_URL:-http://127.0.0.1:8288}",
      description = "The server to ask (default: http://127.0.0.1:8288). Or STEPWELL_URL.")
  private URI url = URI.create("http://127.0.0.1:8288");

  Client client() {
    var scheme = url.getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme) || url.getHost() == null) {
      throw new CliFailedException(
          ExitCode.USAGE, "--url must be like http://127.0.0.1:8288, was '" + url + "'.");
    }
    return new Client(url);
  }
}
