package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.cluster.ClusterSettings.Discovery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {

  private static ClusterSettings settings(String text) {
    return ClusterSettings.of(
        ConfigFactory.parseString(text).withFallback(EngineStart.configuration()).resolve());
  }

  @Test
  void aNodeWithoutContactPointsIsAlone() {
    var settings = settings("");
    assertThat(settings.isAlone()).isTrue();
    assertThat(settings.roles()).containsExactly("engine");
    assertThat(settings("stepwell.cluster.contact-points.list = \"127.0.0.1:25520\"").isAlone())
        .isTrue();
  }

  @Test
  void aListMayBeOneTextAsEnvironmentVariablesAre() {
    var points = List.of(new HostPort("a", 1), new HostPort("b", 2));
    assertThat(settings("stepwell.cluster.contact-points.list = \"a:1, b:2\"").discovery())
        .isEqualTo(new Discovery.Listed(points));
    assertThat(settings("stepwell.cluster.contact-points.list = [\"a:1\", \"b:2\"]").discovery())
        .isEqualTo(new Discovery.Listed(points));
  }

  @Test
  void pekkoIsToldWhereToListenAndWhereOthersReachIt() {
    var text =
        "stepwell.cluster { host = node1, port = 7, bind-host = \"0.0.0.0\", bind-port = 8 }";
    var pekko = settings(text).over(EngineStart.configuration());
    var artery = pekko.getConfig("pekko.remote.artery");
    assertThat(artery.getString("canonical.hostname")).isEqualTo("node1");
    assertThat(artery.getInt("canonical.port")).isEqualTo(7);
    assertThat(artery.getString("bind.hostname")).isEqualTo("0.0.0.0");
    assertThat(artery.getInt("bind.port")).isEqualTo(8);
    assertThat(artery.getString("transport")).isEqualTo("tcp");
    assertThat(pekko.getStringList("pekko.cluster.roles")).containsExactly("engine");
  }

  @Test
  void contactPointsThatAreLookedUpNeedToBeCounted() {
    var dns = "stepwell.cluster.contact-points { method = dns, dns.name = stepwell.default.svc";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(dns + " }"))
        .withMessageContaining("contact-points.required must be set");
    assertThat(settings(dns + ", required = 2 }").discovery())
        .isEqualTo(new Discovery.Named("stepwell.default.svc", 25_520));
  }

  @ParameterizedTest
  @CsvSource({
    "stepwell.cluster.port = 0,port",
    "stepwell.cluster.contact-points.method = magic,list",
    "stepwell.cluster.contact-points.list = node1,host:port",
    "stepwell.cluster.contact-points.required = -1,required",
    "stepwell.cluster.contact-points.method = dns,dns.name",
    "stepwell.cluster.contact-points.method = kubernetes,kubernetes.api",
    "stepwell.cluster.tls.enabled = on,tls.key-file"
  })
  void whatMakesNoSenseIsNamed(String text, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(text))
        .withMessageContaining(named);
  }

  @Test
  void aPartThatIsNotSetIsAbsent() {
    assertThat(settings("").bindHost()).isEqualTo(Optional.empty());
    assertThat(settings("").tls()).isEqualTo(Optional.empty());
  }
}
