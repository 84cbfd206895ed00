package dev.stepwell.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ARCHITECTURE.md says of modules and classes, as far as a program can see it. */
class ArchitectureTest {

  private static final String API = "dev.stepwell";
  private static final String SPI = "dev.stepwell.spi";
  private static final String ENGINE = "dev.stepwell.engine..";
  private static final String GATEWAY = "dev.stepwell.gateway..";
  private static final String EMBEDDED = "dev.stepwell.embedded..";
  private static final String CASSANDRA = "dev.stepwell.cassandra..";
  private static final String EXAMPLES = "dev.stepwell.examples..";
  private static final String SERVER = "dev.stepwell.server..";
  private static final String TESTKIT = "dev.stepwell.testkit..";

  private static final String DRIVER = "com.datastax..";
  private static final String DRIVER_INSIDE = "com.datastax.oss.driver.internal..";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.stepwell");

  private static final Set<String> CALLBACKS =
      Set.of(
          "thenApply",
          "thenAccept",
          "thenRun",
          "thenCompose",
          "thenCombine",
          "whenComplete",
          "handle",
          "exceptionally",
          "thenApplyAsync",
          "thenAcceptAsync",
          "thenRunAsync",
          "thenComposeAsync",
          "whenCompleteAsync",
          "handleAsync");

  private static final ArchRule RULES_ARE_PURE =
      noClasses()
          .that()
          .haveNameMatching(".*(Rules|State|Fact|Command)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko..",
              "org.slf4j..",
              "java.util.concurrent..",
              "java.io..",
              "java.nio.file..",
              "java.net..")
          .orShould()
          .callMethod(Instant.class, "now")
          .because("the same facts must give the same state on every node, in every replay");

  private static final ArchRule ACTORS_PIPE =
      noClasses()
          .that()
          .areAssignableTo(Behavior.class)
          .should()
          .callMethodWhere(target(describe("a callback on a stage", ArchitectureTest::isCallback)))
          .because("a callback runs on a foreign thread; use getContext().pipeToSelf");

  private static boolean isCallback(AccessTarget target) {
    return target.getOwner().isAssignableTo(CompletionStage.class)
        && CALLBACKS.contains(target.getName());
  }

  private static ArchRule nothingIn(String packages, String... mayNotKnow) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(mayNotKnow);
  }

  static Stream<ArchRule> rules() {
    return Stream.of(
        classes()
            .that()
            .resideInAnyPackage(API, SPI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(API, SPI, "java..", "org.jspecify..")
            .because("function authors get nothing else on their class path"),
        classes()
            .that()
            .resideInAPackage(EXAMPLES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(API, EXAMPLES, "java..", "org.jspecify..")
            .because("the api must suffice"),
        nothingIn(ENGINE, GATEWAY, EMBEDDED, CASSANDRA, EXAMPLES, SERVER, TESTKIT),
        nothingIn(GATEWAY, EMBEDDED, CASSANDRA, EXAMPLES, SERVER, TESTKIT),
        nothingIn(EMBEDDED, GATEWAY, CASSANDRA, EXAMPLES, SERVER, TESTKIT),
        nothingIn(CASSANDRA, GATEWAY, EMBEDDED, EXAMPLES, SERVER, TESTKIT),
        nothingIn(SERVER, TESTKIT),
        nothingIn(ENGINE, "org.apache.pekko.http..", "org.rocksdb..", DRIVER),
        nothingIn(GATEWAY, "org.rocksdb..", DRIVER, "org.apache.pekko.persistence.."),
        nothingIn(EMBEDDED, DRIVER),
        nothingIn(CASSANDRA, "org.rocksdb..", DRIVER_INSIDE),
        slices().matching("dev.stepwell.engine.(**)").should().beFreeOfCycles(),
        slices().matching("dev.stepwell.(gateway|server).(**)").should().beFreeOfCycles(),
        RULES_ARE_PURE,
        ACTORS_PIPE,
        noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .and()
            .doNotHaveSimpleName("SystemTime")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .because("a test turns the clock by hand"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theCodeKeepsTheRule(ArchRule rule) {
    rule.check(OURS);
  }

  @Test
  void aRuleThatIsNotPureIsFound() {
    var breach = new ClassFileImporter().importClasses(HastyRules.class);
    assertThat(RULES_ARE_PURE.evaluate(breach).hasViolation()).isTrue();
  }

  @Test
  void anActorThatCallsBackIsFound() {
    var breach = new ClassFileImporter().importClasses(HastyActor.class);
    assertThat(ACTORS_PIPE.evaluate(breach).hasViolation()).isTrue();
  }

  /** Looks at the clock, which rules may not. */
  static final class HastyRules {
    private HastyRules() {}

    static boolean due(Instant at) {
      return at.isBefore(Instant.now());
    }
  }

  /** Lets a future call it back, which actors may not. */
  static final class HastyActor extends AbstractBehavior<String> {
    HastyActor(ActorContext<String> context) {
      super(context);
    }

    @Override
    public Receive<String> createReceive() {
      return newReceiveBuilder().onMessage(String.class, this::onText).build();
    }

    private Behavior<String> onText(String text) {
      var _ = CompletableFuture.completedFuture(text).thenAccept(getContext().getLog()::info);
      return this;
    }
  }
}
