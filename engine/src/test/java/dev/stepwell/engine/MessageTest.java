package dev.stepwell.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.wire.Message;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.serialization.jackson.JacksonCborSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What travels between nodes arrives as it was sent. */
class MessageTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.loglevel = OFF")
              .withFallback(EngineStart.configuration()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static List<Message> samples() {
    return new MessageSamples(() -> KIT.createTestProbe().getRef()).all().toList();
  }

  private static Set<Class<?>> kinds() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.stepwell.engine")
            .stream()
            .filter(type -> type.isAssignableTo(Message.class) && !type.isInterface())
            .map(JavaClass::reflect)
            .collect(Collectors.toSet());
  }

  @Test
  void everyKindOfMessageHasASample() {
    var shown = samples().stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(kinds()).hasSizeGreaterThan(30).isEqualTo(shown);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aMessageArrivesAsItWasSent(Message sent) {
    var serialization = SerializationExtension.get(KIT.system());
    var serializer = serialization.findSerializerFor(sent);
    assertThat(serializer).isInstanceOf(JacksonCborSerializer.class);

    var bytes = serialization.serialize(sent).get();
    var manifest = Serializers.manifestFor(serializer, sent);
    var arrived = serialization.deserialize(bytes, serializer.identifier(), manifest).get();

    assertThat(arrived)
        .hasSameClassAs(sent)
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringFieldsOfTypes(ActorRef.class)
        .isEqualTo(sent);
    assertThat(refs(arrived)).isEqualTo(refs(sent));
  }

  private static List<Object> refs(Object message) {
    return Arrays.stream(message.getClass().getRecordComponents())
        .filter(component -> component.getType() == ActorRef.class)
        .map(component -> value(component, message))
        .toList();
  }

  private static Object value(RecordComponent component, Object message) {
    try {
      return Objects.requireNonNull(component.getAccessor().invoke(message));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Test
  void whoeverIsToAnswerAMessageIsSentWhatTravelsToo() {
    assertThat(kinds().stream().flatMap(MessageTest::answers))
        .isNotEmpty()
        .allSatisfy(answer -> assertThat(answer).isAssignableTo(Message.class));
  }

  private static Stream<Class<?>> answers(Class<?> message) {
    return Arrays.stream(message.getRecordComponents())
        .filter(component -> component.getType() == ActorRef.class)
        .map(component -> ((ParameterizedType) component.getGenericType()))
        .map(type -> (Class<?>) type.getActualTypeArguments()[0]);
  }

  @Test
  void everyMessageIsAPublicRecordOfPlainData() {
    assertThat(kinds())
        .allSatisfy(kind -> {
          assertThat(kind.isRecord()).isTrue();
          assertThat(Modifier.isPublic(kind.getModifiers())).isTrue();
        });
  }
}
