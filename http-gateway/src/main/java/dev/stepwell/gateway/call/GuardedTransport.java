package dev.stepwell.gateway.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ClientTransport;
import org.apache.pekko.http.javadsl.OutgoingConnection;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * Connects to hosts by addresses that it has looked at: a name that leads to an address inside is
 * not followed, whatever it has led to before.
 */
final class GuardedTransport extends ClientTransport {

  private final ClientTransport tcp = ClientTransport.TCP();

  @Override
  public Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connectTo(
      String host, int port, ClientConnectionSettings settings, ActorSystem system) {
    return Flow.completionStageFlow(
            resolved(host).thenApply(address -> connection(address, port, settings, system)))
        .mapMaterializedValue(stage -> stage.thenCompose(inner -> inner));
  }

  private Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connection(
      InetAddress address, int port, ClientConnectionSettings settings, ActorSystem system) {
    return tcp.connectTo(address.getHostAddress(), port, settings, system);
  }

  /** Looking up a name blocks; on a thread of its own nobody minds. */
  private static CompletionStage<InetAddress> resolved(String host) {
    var found = new CompletableFuture<InetAddress>();
    Thread.startVirtualThread(() -> {
      try {
        var address = InetAddress.getByName(host);
        if (isInside(address)) {
          found.completeExceptionally(new ForbiddenAddressException(host, address));
        } else {
          found.complete(address);
        }
      } catch (UnknownHostException e) {
        found.completeExceptionally(e);
      }
    });
    return found;
  }

  /** Whether an address means something on this machine or in its network only. */
  static boolean isInside(InetAddress address) {
    var bytes = address.getAddress();
    var first = bytes[0] & 0xFF;
    var isUniqueLocal = bytes.length == 16 && (first & 0xFE) == 0xFC;
    var isSharedSpace = bytes.length == 4 && first == 100 && (bytes[1] & 0xC0) == 64;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || first == 0
        || isUniqueLocal
        || isSharedSpace;
  }

  /** An app is at an address that must not be called. */
  static final class ForbiddenAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ForbiddenAddressException(String host, InetAddress address) {
      super(
          "%s is %s, an address inside, and stepwell.gateway.calls.private-networks is off"
              .formatted(host, address.getHostAddress()));
    }
  }
}
