package dev.stepwell.gateway.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much may be under way at once: requests, and bytes of their bodies. */
public final class Admission {

  private final int maxRequests;
  private final long maxBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  public Admission(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /** Lets one more request in; empty if there are too many and this one is {@code limited}. */
  public Optional<Permit> enter(boolean limited) {
    if (requests.incrementAndGet() > maxRequests && limited) {
      requests.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(new Permit());
  }

  /** Requests let in that have not left. */
  public int requestsUnderWay() {
    return requests.get();
  }

  /** Bytes of bodies taken by requests that have not left. */
  public long bytesUnderWay() {
    return bytes.get();
  }

  /** One request's share. */
  public final class Permit {
    private long taken;
    private boolean left;

    private Permit() {}

    /**
     * Makes room for more bytes of the body, before they are kept.
     *
     * @return whether there is room; if not, or if the request has left, the share stays as it was
     */
    public synchronized boolean take(long more) {
      if (left) {
        return false;
      }
      if (bytes.addAndGet(more) > maxBytes) {
        bytes.addAndGet(-more);
        return false;
      }
      taken += more;
      return true;
    }

    /** Gives everything back; harmless when it has been given back. */
    public synchronized void leave() {
      if (!left) {
        left = true;
        bytes.addAndGet(-taken);
        requests.decrementAndGet();
      }
    }
  }
}
