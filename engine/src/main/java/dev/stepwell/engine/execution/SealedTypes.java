package dev.stepwell.engine.execution;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a sealed interface of records be read back: a member {@code @type} holds the simple name of
 * the record. Annotations of Jackson's own, where an author has put them, come first.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
  @Serial private static final long serialVersionUID = 1L;

  private static final String PROPERTY = "@type";

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
    var declared = super.findTypeResolver(config, type, baseType);
    if (declared != null || root(type.getRawType()).isEmpty()) {
      return declared;
    }
    return new StdTypeResolverBuilder()
        .init(JsonTypeInfo.Id.NAME, null)
        .inclusion(JsonTypeInfo.As.PROPERTY)
        .typeProperty(PROPERTY);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated type) {
    var declared = super.findSubtypes(type);
    return declared != null || !type.getRawType().isSealed()
        ? declared
        : leaves(type.getRawType()).stream().map(c -> new NamedType(c, c.getSimpleName())).toList();
  }

  @Override
  public @Nullable String findTypeName(AnnotatedClass type) {
    var declared = super.findTypeName(type);
    return declared != null || root(type.getRawType()).isEmpty()
        ? declared
        : type.getRawType().getSimpleName();
  }

  /** The sealed interface that {@code type} is, or is a record of. */
  private static Optional<Class<?>> root(Class<?> type) {
    if (type.isInterface() && type.isSealed()) {
      return Optional.of(type);
    }
    if (!type.isRecord()) {
      return Optional.empty();
    }
    for (var above : type.getInterfaces()) {
      if (above.isSealed()) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  private static List<Class<?>> leaves(Class<?> sealed) {
    var leaves = new ArrayList<Class<?>>();
    for (var below : sealed.getPermittedSubclasses()) {
      if (below.isSealed() && below.isInterface()) {
        leaves.addAll(leaves(below));
      } else {
        leaves.add(below);
      }
    }
    return leaves;
  }
}
