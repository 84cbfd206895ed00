package dev.stepwell;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name an event has on the wire and in the journal, whatever its record is called today and
 * whichever package it lives in.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {

  /**
   * {@code noun/past-participle} by custom, as in {@code "order/placed"}; see {@link EventNames}
   * for what is allowed.
   */
  String value();
}
