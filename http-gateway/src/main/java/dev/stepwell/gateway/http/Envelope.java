package dev.stepwell.gateway.http;

import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.wire.JsonWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** How the answers of {@code /v1} are wrapped. */
public final class Envelope {

  private static final int OK = 200;

  private final InstantSource clock;

  public Envelope(InstantSource clock) {
    this.clock = clock;
  }

  public HttpResponse one(Consumer<JsonWriter> members) {
    return Answers.object(OK, out -> metadata(out.object("data", members)));
  }

  public <T> HttpResponse all(List<T> items, BiConsumer<JsonWriter, T> members) {
    return Answers.object(OK, out -> metadata(out.objects("data", items, members)));
  }

  /** A part of a list, and where it goes on. */
  public <T> HttpResponse page(Page<T> page, BiConsumer<JsonWriter, T> members) {
    return Answers.object(
        OK,
        out ->
            metadata(out.objects("data", page.items(), members))
                .object(
                    "page",
                    place ->
                        place
                            .text("cursor", page.next())
                            .flag("has_more", page.next().isPresent())));
  }

  private JsonWriter metadata(JsonWriter out) {
    return out.object(
        "metadata",
        data ->
            data.instant("fetched_at", Optional.of(clock.instant()))
                .text("cached_until", Optional.empty()));
  }
}
