package dev.stepwell.gateway.http;

import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * A request on its way through its route.
 *
 * @param arguments what stood in the path where the route has a placeholder
 * @param permit to be asked before bytes of the body are kept
 */
public record Call(HttpRequest request, List<String> arguments, Admission.Permit permit) {

  /** The id in the path, if there is one placeholder. */
  public String argument() {
    return arguments.getFirst();
  }
}
