package dev.stepwell.engine.function;

import java.util.List;
import java.util.Optional;

/**
 * A program that has functions.
 *
 * @param name unique in the cluster
 * @param endpoint where it is called; empty if its functions are Java code on nodes
 * @param functions those that events start
 */
public record App(String name, Optional<Endpoint> endpoint, List<Definition> functions) {

  public App {
    functions = List.copyOf(functions);
  }

  /**
   * How an app is called over HTTP.
   *
   * @param url where it is asked what it has; its functions have URLs of their own
   * @param sdk language and version, as {@code js:v4.24.0}
   * @param framework as the app says, such as {@code express}; may be empty
   * @param checksum the same for the same functions at the same place
   */
  public record Endpoint(String url, String sdk, String framework, String checksum) {}
}
