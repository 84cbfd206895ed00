package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which events came with a user's id and were no repeats. The rows go by themselves when the id
 * does not count any more; until then they may lead to an event that is gone.
 */
final class UserIds {

  private static final int IDS_MAX = 50;

  /** Events with one id within its time: more than one only if two came at the same moment. */
  private static final int EVENTS_MAX = 10;

  private static final int BYTES = 32;

  private final Reads reads;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  UserIds(Cql cql, Reads reads) {
    this.reads = reads;
    insert = cql.prepareIdempotent("INSERT INTO user_ids (user_id, id) VALUES (?, ?)");
    select =
        cql.prepareIdempotent(
            "SELECT user_id, id FROM user_ids WHERE user_id IN ? PER PARTITION LIMIT "
                + EVENTS_MAX);
  }

  Mutation put(String userId, Ulid event) {
    var key = ByteBuffer.wrap(Hash.of(userId));
    return Mutation.put(
        List.of("user_ids", key), List.of(event), insert.bind(key, Blobs.of(event)), BYTES);
  }

  /** Events by the users' ids with which they came, perhaps. To be called inside a reading. */
  Map<String, List<Ulid>> read(List<String> userIds) {
    var keys = new HashMap<ByteBuffer, String>();
    userIds.forEach(userId -> keys.put(ByteBuffer.wrap(Hash.of(userId)), userId));
    var readings = new ArrayList<Supplier<Map<String, List<Ulid>>>>();
    for (var some : Bounds.parts(List.copyOf(keys.keySet()), IDS_MAX)) {
      readings.add(() -> read(some, keys));
    }
    var events = new HashMap<String, List<Ulid>>();
    reads.together(readings).forEach(events::putAll);
    return events;
  }

  private Map<String, List<Ulid>> read(List<ByteBuffer> some, Map<ByteBuffer, String> keys) {
    var events = new HashMap<String, List<Ulid>>();
    for (var row : reads.rows(select.bind(some))) {
      var userId = keys.get(row.getByteBuffer(0));
      if (userId != null) {
        events.computeIfAbsent(userId, _ -> new ArrayList<>()).add(Blobs.ulid(row, 1));
      }
    }
    return events;
  }
}
