package dev.stepwell.spi;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a serializable lambda what the compiler wrote down about it: which component an
 * accessor names, and what type a step's work returns. Answers are kept for each lambda expression
 * in the code, so only its first use pays for reflection.
 */
public final class Lambdas {

  /** What is known of one lambda class. Threads may race to write the same answer twice. */
  private static final class Known {
    volatile @Nullable String componentName;
    volatile @Nullable Class<?> resultType;
  }

  private static final ClassValue<Known> KNOWN =
      new ClassValue<>() {
        @Override
        protected Known computeValue(Class<?> lambda) {
          return new Known();
        }
      };

  private Lambdas() {}

  /**
   * The name of the record component that {@code accessor} reads.
   *
   * @param accessor a {@code Steps.Component} written as {@code OrderPlaced::orderId}
   * @throws IllegalArgumentException if it is anything else
   */
  public static String componentName(Serializable accessor) {
    var known = KNOWN.get(accessor.getClass());
    var name = known.componentName;
    if (name == null) {
      name = readComponentName(accessor);
      known.componentName = name;
    }
    return name;
  }

  /**
   * The class of what {@code work} returns. It is {@code Object} if the code says nothing narrower,
   * as when it can only throw; a result other than null or a JSON scalar cannot be read back then.
   *
   * @param work a {@code Steps.Work} written as a lambda or a method reference
   * @return a class without type parameters that is final, concrete or sealed; or an array of such
   * @throws IllegalArgumentException if {@code work} is not a lambda, or returns anything else
   */
  public static Class<?> resultType(Serializable work) {
    var known = KNOWN.get(work.getClass());
    var type = known.resultType;
    if (type == null) {
      type = readResultType(work);
      known.resultType = type;
    }
    return type;
  }

  private static String readComponentName(Serializable accessor) {
    var form = serializedForm(accessor);
    var type = form == null ? null : functionType(form, accessor);
    if (form == null || type == null || !isAccessor(form, type)) {
      throw new IllegalArgumentException(
          "a component is named by the accessor of a record, as in OrderPlaced::orderId, not by "
              + (form == null ? accessor.getClass().getName() : describe(form)));
    }
    return form.getImplMethodName();
  }

  /** An accessor is called on the event itself, is declared by its record, and takes nothing. */
  private static boolean isAccessor(SerializedLambda form, MethodType type) {
    var event = type.parameterType(0);
    return form.getImplMethodKind() == MethodHandleInfo.REF_invokeVirtual
        && form.getCapturedArgCount() == 0
        && event.isRecord()
        && form.getImplClass().equals(event.getName().replace('.', '/'))
        && Arrays.stream(event.getRecordComponents())
            .anyMatch(component -> component.getName().equals(form.getImplMethodName()));
  }

  private static Class<?> readResultType(Serializable work) {
    var form = serializedForm(work);
    if (form == null) {
      throw new IllegalArgumentException(
          work.getClass().getName()
              + " is not a lambda, so its result type is unknown: name it, as in"
              + " step.run(\"charge\", Charge.class, work)");
    }
    var type = functionType(form, work).returnType();
    requireReadable(type);
    return type;
  }

  private static void requireReadable(Class<?> type) {
    var element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (element.getTypeParameters().length > 0) {
      throw new IllegalArgumentException(
          "a step cannot return the generic "
              + type.getTypeName()
              + ", because its type arguments are not known at run time: wrap it in a record, as in"
              + " record Lines(List<Line> lines)");
    }
    var open = Modifier.isAbstract(element.getModifiers()) && !element.isSealed();
    if (open && !element.isPrimitive()) {
      throw new IllegalArgumentException(
          "a step cannot return "
              + type.getTypeName()
              + ", because nothing says which class to read it back as: return a record, an enum, a"
              + " sealed interface of records, or name the class, as in"
              + " step.run(\"charge\", Charge.class, work)");
    }
  }

  private static MethodType functionType(SerializedLambda form, Serializable lambda) {
    return MethodType.fromMethodDescriptorString(
        form.getInstantiatedMethodType(), lambda.getClass().getClassLoader());
  }

  /** What javac would serialize, or null if {@code lambda} is an object of an ordinary class. */
  private static @Nullable SerializedLambda serializedForm(Serializable lambda) {
    try {
      var writeReplace = lambda.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return writeReplace.invoke(lambda) instanceof SerializedLambda form ? form : null;
    } catch (NoSuchMethodException _) {
      return null;
    } catch (InaccessibleObjectException closed) {
      throw new IllegalArgumentException(
          "cannot look into a lambda of "
              + lambda.getClass().getModule()
              + ": open its package to dev.stepwell, or name the class of the result",
          closed);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot look into " + lambda.getClass().getName(), e);
    }
  }

  private static String describe(SerializedLambda form) {
    var method = form.getImplMethodName();
    return method.startsWith("lambda$")
        ? "a lambda in " + form.getCapturingClass().replace('/', '.')
        : form.getImplClass().replace('/', '.') + "::" + method;
  }
}
