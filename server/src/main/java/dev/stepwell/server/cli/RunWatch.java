package dev.stepwell.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stepwell.server.client.Client;
import dev.stepwell.server.client.ServerException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits for the runs that an event has started, and prints the end of each. */
final class RunWatch {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int NOT_FOUND = 404;

  private final Client client;
  private final PrintWriter out;
  private final long deadlineNanos;
  private final Set<String> printed = new HashSet<>();
  private boolean allCompleted = true;

  RunWatch(Client client, PrintWriter out, Duration atMost) {
    this.client = client;
    this.out = out;
    deadlineNanos = System.nanoTime() + atMost.toNanos();
  }

  /** The exit code that the runs of {@code eventId} lead to. */
  int watch(String eventId) throws ServerException {
    var event = listed(eventId);
    if (!event.path("repeat_of").isNull()) {
      out.println("An earlier event had the same id: waiting for its runs.");
      event = listed(event.path("repeat_of").asText());
    }
    var expected = event.path("functions").size();
    if (expected == 0) {
      throw new CliFailedException(
          ExitCode.NOT_COMPLETED,
          "The event is stored, but no function listens to '%s'."
              .formatted(event.path("name").asText()));
    }
    while (!allEnded(event.path("internal_id").asText(), expected)) {
      pause("The event's runs have not all ended in time; they go on.");
    }
    return allCompleted ? ExitCode.DONE : ExitCode.NOT_COMPLETED;
  }

  /** The event, once the index has it. */
  private JsonNode listed(String eventId) throws ServerException {
    while (true) {
      try {
        return client.get("/v1/events/" + eventId).path("data");
      } catch (ServerException e) {
        if (e.status() != NOT_FOUND) {
          throw e;
        }
        pause("The server has not listed the event in time.");
      }
    }
  }

  private boolean allEnded(String eventId, int expected) throws ServerException {
    for (var run : client.get("/v1/events/" + eventId + "/runs").path("data")) {
      var status = run.path("status").asText();
      if (!status.equals("Running") && printed.add(run.path("run_id").asText())) {
        allCompleted &= status.equals("Completed");
        print(run, status);
      }
    }
    return printed.size() == expected;
  }

  private void print(JsonNode run, String status) {
    var error = run.path("error").path("message").asText("");
    out.println(
        "%s %s %s %s"
            .formatted(
                run.path("run_id").asText(),
                run.path("function_id").asText(),
                status,
                error.isEmpty() ? run.path("output") : error));
  }

  private void pause(String whenTooLate) {
    if (System.nanoTime() > deadlineNanos) {
      throw new CliFailedException(ExitCode.NOT_COMPLETED, whenTooLate);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CliFailedException(ExitCode.NOT_COMPLETED, "Interrupted while waiting.");
    }
  }
}
