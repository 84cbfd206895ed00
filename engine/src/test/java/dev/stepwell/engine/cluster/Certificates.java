package dev.stepwell.engine.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node's key and certificate and the authority that signed it, as PEM files. */
record Certificates(Path key, Path certificate, Path authority) {

  private static final String PASSWORD = "changeit";

  /** Makes an authority, and a certificate of it for nodes of that name. */
  static Certificates of(Path directory, String name) {
    try {
      Files.createDirectories(directory);
      var store = directory.resolve("keys.p12");
      keytool(store, "-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
      keytool(store, "-genkeypair", "-alias", "node", "-dname", "CN=" + name);
      var request = directory.resolve("node.csr").toString();
      var signed = directory.resolve("node.crt").toString();
      keytool(store, "-certreq", "-alias", "node", "-file", request);
      keytool(
          store,
          "-gencert",
          "-alias",
          "ca",
          "-infile",
          request,
          "-outfile",
          signed,
          "-rfc",
          "-ext",
          "san=dns:" + name + ",ip:127.0.0.1");
      return new Certificates(
          write(directory.resolve("node.key"), "PRIVATE KEY", key(store)),
          Path.of(signed),
          write(directory.resolve("ca.crt"), "CERTIFICATE", authority(store)));
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As configuration. */
  String settings() {
    return """
    stepwell.cluster.tls { enabled = on, key-file = "%s", cert-file = "%s", ca-file = "%s" }
    """
        .formatted(key, certificate, authority);
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    if (command.contains("-genkeypair")) {
      command.addAll(List.of("-keyalg", "RSA", "-validity", "2"));
    }
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError(said);
    }
  }

  private static byte[] key(Path store) throws IOException, GeneralSecurityException {
    return open(store).getKey("node", PASSWORD.toCharArray()).getEncoded();
  }

  private static byte[] authority(Path store) throws IOException, GeneralSecurityException {
    return open(store).getCertificate("ca").getEncoded();
  }

  private static KeyStore open(Path store) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private static Path write(Path file, String label, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {10}).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }
}
