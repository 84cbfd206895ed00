package dev.stepwell.engine;

import dev.stepwell.engine.event.EventPartitions;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Divides the events of a request: by partition, and so that each part fits into a message. */
final class EventBatches {

  /** What goes to one partition at once. */
  record Batch(int partition, List<Event> events) {}

  /** A batch takes no more events beyond this; with the last of them it may be larger. */
  static final int BATCH_BYTES = 1 << 20;

  private static final class Open {
    private final List<Event> events = new ArrayList<>();
    private long bytes;
  }

  private EventBatches() {}

  /** The batches of each partition, in the order of the events. */
  static List<Batch> of(List<Event> events, int partitions) {
    var batches = new ArrayList<Batch>(1);
    Map<Integer, Open> open = new HashMap<>();
    for (var event : events) {
      var partition = EventPartitions.of(event, partitions);
      var batch = open.computeIfAbsent(partition, number -> begin(number, batches));
      batch.events.add(event);
      batch.bytes += event.data().sizeBytes() + event.user().map(Json::sizeBytes).orElse(0);
      if (batch.bytes > BATCH_BYTES) {
        open.remove(partition);
      }
    }
    return batches;
  }

  private static Open begin(int partition, List<Batch> batches) {
    var begun = new Open();
    batches.add(new Batch(partition, begun.events));
    return begun;
  }
}
