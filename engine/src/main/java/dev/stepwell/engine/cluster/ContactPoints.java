package dev.stepwell.engine.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where to look for other nodes. */
@FunctionalInterface
public interface ContactPoints {

  /**
   * Where nodes are or may come to be, this one among them.
   *
   * @throws IOException if that can't be told at this moment; asked again
   */
  Set<HostPort> find() throws IOException;

  /** These and no others. */
  static ContactPoints of(List<HostPort> points) {
    var all = Set.copyOf(points);
    return () -> all;
  }

  /** All addresses of a name, each with the same port: a headless service of Kubernetes. */
  static ContactPoints named(String name, int port) {
    return () -> {
      var points = new TreeSet<HostPort>();
      Arrays.stream(InetAddress.getAllByName(name))
          .forEach(address -> points.add(new HostPort(address.getHostAddress(), port)));
      return points;
    };
  }
}
