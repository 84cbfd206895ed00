package dev.stepwell.engine.cluster;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.Locale;

/**
 * Where a node can be reached by the others. Ordered by text, so that all nodes order alike.
 *
 * @param host a name or an address; in lower case, an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) implements Comparable<HostPort> {

  private static final Comparator<HostPort> ORDER =
      Comparator.comparing(HostPort::host).thenComparingInt(HostPort::port);
  private static final int PORT_MAX = 65_535;

  public HostPort {
    host = host.strip().toLowerCase(Locale.ROOT);
    if (host.isEmpty() || port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "a host and a port from 1 to 65535, not '" + host + "' and " + port);
    }
  }

  /**
   * Reads {@code host:port}, and {@code [address]:port} for IPv6.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static HostPort parse(String text) {
    var colon = text.lastIndexOf(':');
    var host = colon < 0 ? "" : text.substring(0, colon).strip();
    var bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || !bracketed && host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a contact point is host:port, not '" + text + "'");
    }
    try {
      var port = Integer.parseInt(text.substring(colon + 1).strip());
      return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a contact point is host:port, not '" + text + "'", e);
    }
  }

  /** Looks the name up. */
  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public int compareTo(HostPort other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
