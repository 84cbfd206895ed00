package dev.stepwell.gateway.http;

import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parts of one body as they come. Once the outcome is known it keeps nothing more and
 * lets the rest pass by, so that the sender gets to read the answer: to close the connection on
 * somebody who is sending loses it. What is too long even to pass by is answered early all the
 * same.
 */
final class Gathering {

  /**
   * Room for a body of unknown length; once it has more, all that it may have is asked for. To ask
   * for a little again and again would let many large bodies in, and none of them through.
   */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final int FIRST_PART_BYTES = 8 * 1024;
  private static final Problem NO_ROOM =
      Problem.retry(
          Code.OVERLOADED, "Too many bytes are under way at this moment", Duration.ofSeconds(1));

  private final CompletableFuture<Body> result = new CompletableFuture<>();
  private final LongPredicate room;
  private final long maxBytes;
  private final long maxPassedBytes;

  private @Nullable Body outcome;
  private byte[] kept = new byte[0];
  private long roomBytes;
  private long seen;

  /**
   * An empty place for a body.
   *
   * @param room asked for a number of bytes before they are kept
   */
  Gathering(LongPredicate room, long maxBytes, long maxPassedBytes) {
    this.room = room;
    this.maxBytes = maxBytes;
    this.maxPassedBytes = maxPassedBytes;
  }

  /** Complete when the body is, or earlier; later parts are ignored. */
  CompletableFuture<Body> result() {
    return result;
  }

  boolean outcomeIsKnown() {
    return outcome != null;
  }

  /** Keeps nothing from now on. */
  void decide(Body outcome) {
    this.outcome = outcome;
    kept = new byte[0];
  }

  /** Makes room for a body of this length, or decides against it. */
  void expect(long length) {
    if (outcome == null && makeRoom(length, length)) {
      kept = new byte[(int) length];
    }
    completeIfBeyond(length);
  }

  /** The next part. */
  void add(ByteString part) {
    if (result.isDone()) {
      return;
    }
    var at = (int) seen;
    seen += part.length();
    if (outcome == null && makeRoom(seen, seen <= SMALL_BYTES ? SMALL_BYTES : maxBytes)) {
      grow();
      part.copyToArray(kept, at, part.length());
    } else {
      completeIfBeyond(seen);
    }
  }

  /** There will be no more parts, because of {@code failure} or because that was all. */
  void end(@Nullable Throwable failure) {
    if (outcome != null) {
      result.complete(outcome);
    } else if (failure != null) {
      result.complete(new Body.Unread(Problem.of(Code.BODY_CUT_OFF, "The body broke off")));
    } else {
      result.complete(new Body.Whole(seen == kept.length ? kept : Arrays.copyOf(kept, (int) seen)));
    }
  }

  private void completeIfBeyond(long length) {
    if (outcome != null && length > maxPassedBytes) {
      result.complete(outcome);
    }
  }

  private void grow() {
    if (seen > kept.length) {
      var length = Math.max(seen, Math.max(FIRST_PART_BYTES, kept.length * 2L));
      kept = Arrays.copyOf(kept, (int) Math.min(length, roomBytes));
    }
  }

  /** Whether there is room for so many bytes; if not, that is the outcome. */
  private boolean makeRoom(long needed, long asked) {
    if (needed > maxBytes) {
      decide(new Body.Unread(tooLarge()));
    } else if (needed > roomBytes) {
      var all = Math.min(asked, maxBytes);
      if (room.test(all - roomBytes)) {
        roomBytes = all;
      } else {
        decide(new Body.Unread(NO_ROOM));
      }
    }
    return outcome == null;
  }

  private Problem tooLarge() {
    return Problem.of(
        Code.TOO_LARGE, "The body has more than the %,d bytes allowed".formatted(maxBytes));
  }
}
