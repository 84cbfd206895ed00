package dev.stepwell.engine.cluster;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** Nodes in one process. What they have written stays when they die. */
final class TestCluster implements AutoCloseable {

  private final MemoryStore store = new MemoryStore();
  private final Book book = new Book();
  private final List<TestMember> members = new CopyOnWriteArrayList<>();

  TestCluster(int size) {
    var first = TestMember.begin(store, book, Joining.alone());
    members.add(first);
    IntStream.range(1, size).forEach(_ -> members.add(begin()));
    members.forEach(TestMember::awaitReady);
  }

  /** Lets one more node join. */
  TestMember join() {
    var member = begin();
    member.awaitReady();
    members.add(member);
    return member;
  }

  private TestMember begin() {
    var seed = members.getFirst().address();
    return TestMember.begin(
        store, book, system -> Cluster.get(system).manager().tell(Join.create(seed)));
  }

  Book book() {
    return book;
  }

  MemoryStore store() {
    return store;
  }

  /** The nodes that are there, in the order in which they joined. */
  List<TestMember> members() {
    return members;
  }

  Engine anyEngine() {
    return members.get(ThreadLocalRandom.current().nextInt(members.size())).engine();
  }

  void leave(TestMember member) {
    members.remove(member);
    member.leave();
  }

  void die(TestMember member) {
    members.remove(member);
    member.die();
  }

  @Override
  public void close() {
    var all = new ArrayList<CompletableFuture<Void>>();
    members.forEach(member -> all.add(CompletableFuture.runAsync(member::die)));
    all.forEach(CompletableFuture::join);
  }
}
