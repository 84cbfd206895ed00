package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.Valid$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinCheckTest {

  private static Config node(int partitions, int schema, int oldestSchema) {
    return JoinCheck.stamped(
        ConfigFactory.parseString(
            """
            stepwell.engine.partitions = %d
            stepwell.cluster.schema { version = %d, oldest = %d }
            """
                .formatted(partitions, schema, oldestSchema)));
  }

  @Test
  void nodesOfOneKindAreOneCluster() {
    assertThat(new JoinCheck().check(node(32, 2, 1), node(32, 2, 1))).isSameAs(Valid$.MODULE$);
  }

  @Test
  void anotherNumberOfPartitionsIsRefusedInASentence() {
    assertThat(new JoinCheck().check(node(16, 1, 1), node(32, 1, 1))).isInstanceOf(Invalid.class);
    assertThat(JoinCheck.differences(node(16, 1, 1), node(32, 1, 1)))
        .singleElement()
        .asString()
        .contains("stepwell.engine.partitions = 16", "32");
  }

  @ParameterizedTest
  @CsvSource({"1,1,2,1,true", "2,1,1,1,true", "1,1,2,2,false", "2,2,1,1,false", "5,3,3,1,true"})
  void versionsGoTogetherIfEachUnderstandsTheOther(
      int one, int oneOldest, int other, int otherOldest, boolean together) {
    assertThat(JoinCheck.differences(node(32, one, oneOldest), node(32, other, otherOldest)))
        .hasSize(together ? 0 : 1);
  }

  @Test
  void nobodyCanSetTheVersionOfTheProtocol() {
    var forged = ConfigFactory.parseString("stepwell.cluster.protocol.version = 99");
    assertThat(JoinCheck.stamped(forged).getInt("stepwell.cluster.protocol.version"))
        .isLessThan(99);
  }

  @Test
  void allThatIsComparedIsSentToTheOtherNode() {
    var keys = new JoinCheck().requiredKeys();
    assertThat(keys.size()).isEqualTo(5);
  }
}
