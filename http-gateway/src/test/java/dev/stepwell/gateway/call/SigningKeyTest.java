package dev.stepwell.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stepwell.engine.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

  private static final String SECRET = "abc123def4567890";
  private static final String HASH =
      "041eef190b43f78c9e04ee1461ddcdff7c8646222b2e8a561e569be9403b67cd";

  private final SigningKey key = SigningKey.parse("signkey-test-" + SECRET);

  @Test
  void aSignatureIsOfTheBodyAndTheTime() {
    assertThat(key.signature(Json.of("{\"a\":1}"), 1_700_000_000))
        .isEqualTo(
            "t=1700000000&s=799c20f3b28fa00f165c38167f9e1f7127a08e83e97f517fe8e8e6e66c24d393");
  }

  @Test
  void thePrefixIsNoPartOfTheKey() {
    assertThat(SigningKey.parse(" " + SECRET + "\n").signature(Json.EMPTY_OBJECT, 1))
        .isEqualTo(key.signature(Json.EMPTY_OBJECT, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        HASH,
        "signkey-test-" + SECRET,
        "signkey-prod-" + SECRET,
        "signkey-test-" + HASH
      })
  void whoeverNamesTheKeyOrItsHashHasIt(String bearer) {
    assertThat(key.isNamedBy(bearer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "signkey-test-", "abc123def4567891", "signkey-" + SECRET, "ABC123DEF4567890"})
  void whoeverNamesSomethingElseHasItNot(String bearer) {
    assertThat(key.isNamedBy(bearer)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "signkey-test-", "abc", "signkey-test-xyz1", "not a key"})
  void whatIsNoKeyIsRefusedWithoutBeingShown(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.parse(text))
        .withMessageContaining("even number of hex digits");
  }

  @Test
  void aKeyIsNotShown() {
    assertThat(key.toString()).doesNotContain(SECRET).doesNotContain(HASH);
  }
}
