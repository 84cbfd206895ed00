package dev.stepwell.engine.cluster;

import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the list of runs. */
record Runs(TestCluster cluster) {

  List<RunIndex.Row> of(String function) {
    var rows = new ArrayList<RunIndex.Row>();
    var after = Optional.<String>empty();
    do {
      var query =
          new RunIndex.Query(
              Optional.of(function),
              Optional.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              after,
              1_000);
      var page = cluster.store().runs().list(query).toCompletableFuture().join();
      rows.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return rows;
  }

  List<String> outputs(String function) {
    return of(function).stream()
        .map(row -> new Traffic(cluster).insist(engine -> engine.run(row.runId())))
        .flatMap(Optional::stream)
        .map(RunView::output)
        .flatMap(Optional::stream)
        .map(Json::toString)
        .toList();
  }
}
