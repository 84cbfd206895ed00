package dev.stepwell.engine.execution;

import dev.stepwell.DurableFunction;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads off a function's class what its runs return. */
public final class ResultTypes {
  private ResultTypes() {}

  private static final ClassValue<Class<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> function) {
          return read(function);
        }
      };

  /**
   * The class of what {@code function} returns.
   *
   * @throws IllegalArgumentException if it is generic, or hidden behind a type variable
   */
  @SuppressWarnings("unchecked") // that is what the function's declaration says
  public static <R extends @Nullable Object> Class<R> of(
      Class<? extends DurableFunction<?, R>> function) {
    return (Class<R>) KNOWN.get(function);
  }

  private static Class<?> read(Class<?> function) {
    for (Type type = function; type instanceof Class<?> c; type = c.getGenericSuperclass()) {
      for (var declared : c.getGenericInterfaces()) {
        if (declared instanceof ParameterizedType generic
            && generic.getRawType() == DurableFunction.class
            && generic.getActualTypeArguments()[1] instanceof Class<?> result) {
          return result;
        }
      }
    }
    throw new IllegalArgumentException(
        function.getName() + " must say in its 'implements' which class its runs return");
  }
}
