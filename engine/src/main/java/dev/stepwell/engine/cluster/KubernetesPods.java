package dev.stepwell.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The pods with a label that have an address and have not ended, whether they are ready or not:
 * they become ready only by having found each other. The token is read anew each time, because
 * Kubernetes replaces it.
 */
record KubernetesPods(ClusterSettings.Discovery.Kubernetes settings) implements ContactPoints {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final Set<String> ALIVE = Set.of("Pending", "Running");

  @Override
  public Set<HostPort> find() throws IOException {
    try (var client = client()) {
      var response = client.send(request(), BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new IOException(
            "the API of Kubernetes answers with %d: %s"
                .formatted(response.statusCode(), response.body()));
      }
      return points(JSON.readTree(response.body()), settings.port());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The addresses in a list of pods. */
  static Set<HostPort> points(JsonNode pods, int port) {
    var points = new TreeSet<HostPort>();
    for (var pod : pods.path("items")) {
      var address = pod.path("status").path("podIP").asText("");
      var alive =
          ALIVE.contains(pod.path("status").path("phase").asText())
              && pod.path("metadata").path("deletionTimestamp").isMissingNode();
      if (alive && !address.isEmpty()) {
        points.add(new HostPort(address, port));
      }
    }
    return points;
  }

  private HttpRequest request() throws IOException {
    var selector = URLEncoder.encode(settings.labelSelector(), StandardCharsets.UTF_8);
    var uri =
        URI.create(
            "%s/api/v1/namespaces/%s/pods?labelSelector=%s"
                .formatted(settings.api(), settings.namespace(), selector));
    return HttpRequest.newBuilder(uri)
        .timeout(WITHIN)
        .header("Authorization", "Bearer " + Files.readString(settings.token()).strip())
        .header("Accept", "application/json")
        .build();
  }

  private HttpClient client() throws IOException {
    var builder = HttpClient.newBuilder().connectTimeout(WITHIN);
    return settings.api().startsWith("https:")
        ? builder.sslContext(trusting(settings.ca())).build()
        : builder.build();
  }

  /** Whoever Kubernetes' own authority has signed, and nobody else. */
  private static SSLContext trusting(Path authority) throws IOException {
    try (InputStream in = Files.newInputStream(authority)) {
      var known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      var number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        known.setCertificateEntry("authority-" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the authority of Kubernetes can't be read from " + authority, e);
    }
  }
}
