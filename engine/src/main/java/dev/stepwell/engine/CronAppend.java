package dev.stepwell.engine;

import dev.stepwell.engine.cron.Tick;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Makes a tick of a schedule an event for its function. The event's id follows from function,
 * schedule and instant, so a tick happens once whoever makes it.
 */
record CronAppend(EngineNode node, Time time) implements Tick {

  private static final String EVENT_NAME = "inngest/scheduled.timer";

  @Override
  public CompletionStage<?> append(String function, String cron, Instant scheduledAt) {
    var millis = scheduledAt.toEpochMilli();
    var id = Ulid.of(millis, 0, 0).derive(function + "|" + cron);
    var now = time.millis();
    var data =
        "{\"cron\":"
            + dev.stepwell.engine.wait.MatchValues.canonical(cron)
            + ",\"scheduledAt\":\""
            + scheduledAt
            + "\",\"fireAt\":\""
            + Instant.ofEpochMilli(now)
            + "\"}";
    return node.appendFor(
        function,
        new Event(
            id,
            Optional.empty(),
            EVENT_NAME,
            now,
            now,
            Json.of(data),
            Optional.empty(),
            Optional.empty()));
  }
}
