package dev.stepwell.engine.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Event;
import java.util.ArrayList;
import java.util.List;

/** A partition of waits that crashes: its facts survive, and nothing else. */
final class WorldPartition {

  private final World world;
  private final int number;
  private final List<byte[]> journal = new ArrayList<>();
  private WaitsState state = WaitsState.EMPTY;
  private WaitsLife life;
  private int lives;

  WorldPartition(World world, int number) {
    this.world = world;
    this.number = number;
    this.life = newLife();
    life.begin(state);
  }

  String name() {
    return "waits" + number;
  }

  void receive(Waits.Message message) {
    var facts = life.on(state, message);
    if (!facts.isEmpty()) {
      if (world.faulty && world.chance(30)) {
        if (world.chance(2)) {
          store(facts);
        }
        crash();
      } else {
        store(facts);
        life.stored(state, facts);
      }
    }
    world.hear();
  }

  void crash() {
    life.end();
    var recovered = WaitsState.EMPTY;
    for (var fact : journal) {
      recovered = recovered.apply(WaitsFactCodec.INSTANCE.decode(fact));
    }
    assertThat(recovered).as("recovery equals life").isEqualTo(state);
    state = WaitsStateCodec.INSTANCE.decode(WaitsStateCodec.INSTANCE.encode(recovered));
    assertThat(state).as("a snapshot holds all of the state").isEqualTo(recovered);
    life = newLife();
    life.begin(state);
  }

  WaitsState state() {
    return state;
  }

  private void store(List<WaitsFact> facts) {
    for (var fact : facts) {
      journal.add(WaitsFactCodec.INSTANCE.encode(fact));
      state = state.apply(fact);
    }
  }

  private WaitsLife newLife() {
    var number = ++lives;
    return new WaitsLife(
        world.time,
        new WaitsLife.Outside() {
          @Override
          public void tellSelf(Waits.Message message) {
            world.post(
                name(),
                () -> {
                  if (number == lives) {
                    receive(message);
                  }
                });
          }

          @Override
          public void ensure(ActivePaths.Path path) {
            world.send(name() + ">paths", () -> world.paths.ensure(path, WorldPartition.this));
          }

          @Override
          public void close(long untilMillis) {
            world.post(
                name() + ">closing", () -> world.closing.close(untilMillis, WorldPartition.this));
          }

          @Override
          public void read(Pursuit pursuit, LookBack lookBack) {
            world.post(name() + ">index", () -> tellSelf(page(pursuit, lookBack)));
          }

          @Override
          public void deliver(Wait wait, Event event, long token) {
            world.run(wait.run()).deliver(WorldPartition.this, wait, event, token);
          }
        });
  }

  private Waits.Own page(Pursuit pursuit, LookBack lookBack) {
    if (world.faulty && world.chance(10)) {
      return new Waits.PageMissed(pursuit);
    }
    var query = lookBack.query();
    var page =
        world
            .index
            .lookBack(
                query.name(), query.match(), query.fromMillis(), query.untilMillis(), query.limit())
            .toCompletableFuture()
            .join();
    return new Waits.PageRead(pursuit, lookBack, page);
  }
}
