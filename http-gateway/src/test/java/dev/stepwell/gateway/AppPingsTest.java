package dev.stepwell.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stepwell.engine.function.App;
import dev.stepwell.gateway.apps.AppPings;
import dev.stepwell.gateway.apps.PingConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** How apps are asked to register, and what is said of those that don't. */
class AppPingsTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(AppPings.class);

  private final Fixture fixture = new Fixture();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    LOG.setLevel(Level.INFO);
    LOG.addAppender(lines);
  }

  @AfterEach
  void close() {
    LOG.detachAppender(lines);
    LOG.setLevel(null);
    fixture.close();
  }

  @Test
  void anAppIsAskedAsSdksExpectIt() throws IOException {
    try (var app = new SdkDouble(fixture, "shop", 0);
        var _ = asking(app.url())) {
      await().until(() -> app.pings.size() > 1);

      assertThat(app.pings.element())
          .isEqualTo(
              new SdkDouble.Ping("dev", "application/json", "{\"url\":\"" + app.url() + "\"}"));
      assertThat(fixture.engine.apps()).extracting(App::name).containsExactly("shop");
      await().untilAsserted(() -> assertThat(said()).hasSize(1));
      assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.INFO);
      assertThat(said().getFirst()).isEqualTo("App shop at %s has 0 functions", app.url());
    }
  }

  @Test
  void anAppThatComesLateAndGoesIsNoticed() throws IOException {
    var free = new SdkDouble(fixture, "shop", 0);
    var url = free.url();
    free.close();
    try (var pings = asking(url)) {
      await().until(() -> pings.errors().getOrDefault(url, "").startsWith("unreachable: "));
      try (var _ = new SdkDouble(fixture, "shop", free.port())) {
        await().until(() -> pings.errors().isEmpty());
        assertThat(fixture.engine.apps()).hasSize(1);
      }
      await().until(() -> pings.errors().containsKey(url));
      await().until(() -> said().size() == 3);
      assertThat(lines.list)
          .extracting(ILoggingEvent::getLevel)
          .containsExactly(Level.WARN, Level.INFO, Level.WARN);
      assertThat(said().getFirst()).startsWith("No app at " + url).endsWith("(unreachable)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, unauthorized",
    "403, forbidden",
    "404, url_not_found",
    "500, internal_server_error",
    "502, unexpected_status"
  })
  void whatAnAppAnswersHasACode(int status, String code) throws IOException {
    try (var app = new SdkDouble(fixture, "shop", 0)) {
      app.status = status;
      try (var pings = asking(app.url())) {
        await().until(() -> pings.errors().containsKey(app.url()));
        assertThat(pings.errors().get(app.url())).startsWith(code + ": ");
      }
    }
  }

  @Test
  void anAppIsNotAskedWhileItAnswers() throws IOException {
    var together = new AtomicInteger();
    var answer = new CountDownLatch(1);
    try (var app = new SdkDouble(fixture, "shop", 0)) {
      app.before =
          () -> {
            together.incrementAndGet();
            await().until(() -> answer.getCount() == 0);
          };
      try (var _ = asking(app.url())) {
        await().during(Duration.ofMillis(300)).until(() -> together.get() <= 1);
        answer.countDown();
        await().until(() -> together.get() > 1);
      }
    }
  }

  @Test
  void anAppThatNobodyHasToldOfIsFound() throws IOException {
    try (var one = new SdkDouble(fixture, "shop", 0);
        var other = new SdkDouble(fixture, "shop", 0);
        var _ = start(List.of(), List.of(one.port(), other.port()))) {
      await().until(() -> Math.max(one.pings.size(), other.pings.size()) > 30);

      assertThat(fixture.engine.apps()).extracting(App::name).containsExactly("shop");
      assertThat(Math.min(one.pings.size(), other.pings.size())).isBetween(1, 10);
    }
  }

  @Test
  void anAppThatWasRemovedIsAskedNoMore() throws IOException {
    try (var app = new SdkDouble(fixture, "shop", 0)) {
      app.status = 404;
      fixture.post("/fn/register", "{\"appName\":\"shop\",\"url\":\"" + app.url() + "\"}");
      try (var pings = asking()) {
        await().until(() -> pings.errors().containsKey(app.url()));
        assertThat(fixture.delete("/fn/remove?url=" + app.url()).statusCode()).isEqualTo(200);
        await().until(() -> pings.errors().isEmpty());

        var asked = app.pings.size();
        await()
            .during(Duration.ofMillis(200))
            .until(() -> app.pings.size() <= asked + 1 && pings.errors().isEmpty());
      }
    }
  }

  @Test
  void anotherProtocolIsNotAsked() {
    try (var pings = asking("ftp://a/x")) {
      await().until(() -> pings.errors().containsKey("ftp://a/x"));
      assertThat(pings.errors().get("ftp://a/x")).startsWith("unsupported_protocol: ");
    }
  }

  private AppPings asking(String... urls) {
    return start(List.of(urls), List.of());
  }

  private AppPings start(List<String> urls, List<Integer> ports) {
    var config = new PingConfig(urls, Optional.of(Duration.ofMillis(20)), ports);
    return AppPings.start(Fixture.SYSTEM, fixture.engine, config);
  }

  private List<String> said() {
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
