package dev.stepwell.engine.execution;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.io.Serial;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets what implements a sealed interface be read back: a member {@code @type} holds the simple
 * name of its class. Where it is read as the very class that it is, there need be no such member. A
 * constant of an enum has no members: where anything of the interface may stand, it is written as a
 * list of its enum's simple name and its own. Annotations of Jackson's own, where an author has put
 * them, come first.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
  @Serial private static final long serialVersionUID = 1L;

  private static final String PROPERTY = "@type";

  /** As what to write a value that may be read back as the sealed interface above its class. */
  static Optional<Class<?>> writtenAs(Object value) {
    // All others say what they are wherever they stand.
    return value instanceof Enum<?> constant
        ? root(constant.getDeclaringClass())
        : Optional.empty();
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
    var declared = super.findTypeResolver(config, type, baseType);
    var raw = type.getRawType();
    var reads = config instanceof DeserializationConfig;
    if (declared != null || root(raw).isEmpty() || raw.isEnum() && !reads) {
      return declared;
    }
    var resolver =
        new StdTypeResolverBuilder()
            .init(JsonTypeInfo.Id.NAME, null)
            .inclusion(JsonTypeInfo.As.PROPERTY)
            .typeProperty(PROPERTY);
    return Modifier.isAbstract(raw.getModifiers()) && !raw.isEnum()
        ? resolver
        : resolver.defaultImpl(raw);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated type) {
    var declared = super.findSubtypes(type);
    var raw = type.getRawType();
    return declared != null || !raw.isInterface() || !raw.isSealed()
        ? declared
        : leaves(raw).stream().map(c -> new NamedType(c, c.getSimpleName())).toList();
  }

  @Override
  public @Nullable String findTypeName(AnnotatedClass type) {
    var declared = super.findTypeName(type);
    return declared != null || root(type.getRawType()).isEmpty()
        ? declared
        : type.getRawType().getSimpleName();
  }

  /** The sealed interface that {@code type} is, or is a class below. */
  private static Optional<Class<?>> root(Class<?> type) {
    if (type.isInterface()) {
      return type.isSealed() && isAuthors(type) ? Optional.of(type) : Optional.empty();
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (var above : c.getInterfaces()) {
        if (above.isSealed() && isAuthors(above)) {
          return Optional.of(above);
        }
      }
    }
    return Optional.empty();
  }

  /** Strings, numbers and enums, too, implement sealed interfaces: the JDK's. */
  private static boolean isAuthors(Class<?> type) {
    return type.getModule() != Object.class.getModule();
  }

  private static List<Class<?>> leaves(Class<?> sealed) {
    var leaves = new ArrayList<Class<?>>();
    for (var below : sealed.getPermittedSubclasses()) {
      // An enum whose constants have bodies is sealed, too.
      var isLeaf = below.isEnum() || !below.isSealed();
      if (isLeaf || !Modifier.isAbstract(below.getModifiers())) {
        leaves.add(below);
      }
      if (!isLeaf) {
        leaves.addAll(leaves(below));
      }
    }
    return leaves;
  }
}
